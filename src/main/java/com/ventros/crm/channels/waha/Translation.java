package com.ventros.crm.channels.waha;

import com.ventros.crm.conversations.Incoming;
import com.ventros.crm.conversations.LabelNews;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What one WAHA delivery means. */
public sealed interface Translation {

    /** It concerns conversations; the list is in the order of the delivery and usually has one element. */
    record Conversation(List<Incoming> incoming) implements Translation {}

    /**
     * The state of the WAHA session changed. The newest by {@code at} counts, not the last to arrive.
     *
     * @param status WAHA's word ({@code WORKING}, {@code SCAN_QR_CODE}, ...); new ones will come
     * @param me     the number the session is paired with, if told
     * @param detail a code to compare or a challenge, as JSON text, if told
     */
    record SessionStatus(
            String status,
            Instant at,
            Optional<Incoming.OwnNumber> me,
            Optional<String> pushName,
            Optional<String> detail) implements Translation {}

    /** It concerns the labels of a channel, and which chats have them. */
    record Labelling(List<LabelNews> news) implements Translation {}

    /** Known, of no effect on conversations, worth counting: groups, archives, event answers. */
    record Noted(String event, String summary) implements Translation {}

    /** Not meant for us: status posts, newsletters, WhatsApp itself, system notices, deprecated forms. */
    record Ignored(String event, String reason) implements Translation {}

    /** An event that the contract does not list; kept for inspection. */
    record Unknown(String event) implements Translation {}

    /**
     * Cannot be understood: no JSON, no payload, no message id. Kept with its raw bytes for inspection.
     *
     * @param code stable and short ({@code not_json}, {@code missing_message_id}, ...)
     */
    record Unreadable(String code, String detail) implements Translation {}
}
