package com.ventros.crm.channels.web;

import com.ventros.crm.channels.waha.WahaLabels;
import com.ventros.crm.conversations.ChatId;
import com.ventros.crm.conversations.InboxView;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.Refusal;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The labels of a chat, which are those of its WhatsApp. */
@RestController
@RequestMapping("/api/v1/chats")
class ChatLabelController {

    private final WahaLabels labels;
    private final InboxView inbox;

    ChatLabelController(WahaLabels labels, InboxView inbox) {
        this.labels = labels;
        this.inbox = inbox;
    }

    /** All labels of its channel that a chat is to have. */
    record ChatLabels(List<UUID> labels) {}

    /** Gives a chat these labels of its channel and takes off its others, on the phone as well. */
    @Requires(Permission.MESSAGE_SEND)
    @PutMapping("/{id}/labels")
    InboxView.Shown set(@PathVariable UUID id, @RequestBody ChatLabels request) {
        if (request.labels() == null) throw Refusal.invalid("labels", "required", "Give the labels that the chat is to have, or an empty list.");
        var chat = new ChatId(id);
        labels.set(chat, request.labels());
        return inbox.find(chat).orElseThrow(() -> Refusal.notFound("chat"));
    }
}
