package com.ventros.crm.conversations.web;

import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.conversations.Labels;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import java.util.Optional;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The labels that channels have of their own. */
@RestController
@RequestMapping("/api/v1/labels")
class LabelController {

    private final Labels labels;

    LabelController(Labels labels) {
        this.labels = labels;
    }

    /** Lists the labels of a channel, or of all, by their names, with the number of chats that have each; a channel has twenty at most. */
    @Requires(Permission.INBOX_READ)
    @GetMapping
    Page<Labels.Label> list(@RequestParam Optional<UUID> channelId) {
        return Page.whole(labels.list(channelId.map(ChannelId::new)));
    }
}
