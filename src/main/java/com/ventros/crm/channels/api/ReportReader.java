package com.ventros.crm.channels.api;

import com.ventros.crm.channels.waha.Translation;
import com.ventros.crm.contacts.Sighting;
import com.ventros.crm.conversations.AckLevel;
import com.ventros.crm.conversations.ChatAddress;
import com.ventros.crm.conversations.Incoming;
import com.ventros.crm.conversations.MessageContent;
import com.ventros.crm.conversations.MessageType;
import com.ventros.crm.kernel.PhoneNumber;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads what {@link Reports} has checked and kept: a company's program speaks our words already. */
@Component
public class ReportReader {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static byte[] written(Report report) {
        return JSON.writeValueAsBytes(report);
    }

    /** @param receivedAt the time of what names none */
    public Translation translate(byte[] body, Instant receivedAt) {
        Report report;
        try {
            report = JSON.readValue(body, Report.class);
        } catch (JacksonException notOurs) {
            return new Translation.Unreadable("not_a_report", "This is no report of a program.");
        }
        return report.message().map(said -> message(said, receivedAt))
                .or(() -> report.receipt().map(receipt -> receipt(receipt, receivedAt)))
                .<Translation>map(incoming -> new Translation.Conversation(List.of(incoming)))
                .orElseGet(() -> new Translation.Unreadable("report_empty", "The report says nothing."));
    }

    private static Incoming message(Report.Said said, Instant receivedAt) {
        var sender = said.sender();
        // Answers go to the program's own id where it has one.
        var address = sender.externalId().or(sender::phone).orElseThrow();
        var chat = ChatAddress.direct(address, new Sighting(sender.phone().map(PhoneNumber::new), Optional.empty(),
                sender.externalId(), sender.name()));
        return new Incoming.Message(chat, said.id(), said.at().orElse(receivedAt), false, false, Optional.empty(), content(said),
                said.replyTo().map(target -> new Incoming.Reply(target, Optional.empty())), List.of(), false, Optional.empty(),
                Optional.empty());
    }

    private static MessageContent content(Report.Said said) {
        return said.media().map(file -> new MessageContent(MessageType.valueOf(file.type().toUpperCase(Locale.ROOT)), said.text(),
                        Optional.of(new MessageContent.Media(MessageContent.MediaState.AVAILABLE, Optional.of(URI.create(file.url())),
                                file.mimeType(), file.fileName(), Optional.empty(), Optional.empty())),
                        Optional.empty(), List.of(), Optional.empty(), Optional.empty(), false))
                .orElseGet(() -> MessageContent.ofText(said.text().orElseThrow()));
    }

    private static Incoming receipt(Report.Receipt receipt, Instant receivedAt) {
        var level = switch (receipt.status()) {
            case "sent" -> AckLevel.SERVER;
            case "delivered" -> AckLevel.DEVICE;
            case "read" -> AckLevel.READ;
            default -> AckLevel.ERROR;
        };
        // A receipt names its message and no chat.
        var nowhere = ChatAddress.group("", Optional.empty());
        return new Incoming.Acknowledged(nowhere, receipt.messageId(), receipt.at().orElse(receivedAt), level, Optional.empty());
    }
}
