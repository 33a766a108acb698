package com.ventros.crm.channels.web;

import com.ventros.crm.channels.api.Reports;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where a company's own program reports what people write and what became of our messages. */
@RestController
@RequestMapping("/api/v1/channels/{id}")
class ProgramController {

    private final Reports reports;

    ProgramController(Reports reports) {
        this.reports = reports;
    }

    /** Who wrote: {@code phone}, {@code externalId}, or both. */
    record Sender(String phone, String externalId, String name) {}

    /** A file that comes along; {@code type} is image, video, voice, audio or document. */
    record File(String type, String url, String mimeType, String fileName) {}

    /** What somebody wrote, under the program's own {@code id}. */
    record NewReport(String id, Sender sender, String sentAt, String text, File media, String replyTo) {}

    /** What became of a message of ours. */
    record NewReceipt(String messageId, String status, String at) {}

    /** It is kept, and told under which id. */
    record Taken(String id) {}

    /** Takes what somebody wrote. It is kept durably; told again under the same id, it is there once. */
    @PostMapping("/messages")
    @Requires(Permission.MESSAGE_RECEIVE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    Taken message(@PathVariable UUID id, @RequestBody NewReport told) {
        var sender = told.sender() == null ? new Sender(null, null, null) : told.sender();
        var media = told.media() == null ? null
                : new Reports.File(told.media().type(), told.media().url(), told.media().mimeType(), told.media().fileName());
        reports.message(new ChannelId(id), new Reports.Message(told.id(), sender.phone(), sender.externalId(), sender.name(),
                told.sentAt(), told.text(), media, told.replyTo()));
        return new Taken(told.id());
    }

    /** Takes what became of a message of ours: sent, delivered, read or failed. It may come early, late and again. */
    @PostMapping("/receipts")
    @Requires(Permission.MESSAGE_RECEIVE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    Taken receipt(@PathVariable UUID id, @RequestBody NewReceipt told) {
        reports.receipt(new ChannelId(id), told.messageId(), told.status(), told.at());
        return new Taken(told.messageId());
    }
}
