package com.ventros.crm.channels.api;

import java.time.Instant;
import java.util.Optional;

/**
 * What a company's program reports, as it waits in the queue: one of the two is there.
 *
 * @param message what somebody wrote
 * @param receipt what became of a message of ours
 */
record Report(Optional<Said> message, Optional<Receipt> receipt) {

    /** Who wrote; a number, an id of the program's own, or both. */
    record Sender(Optional<String> phone, Optional<String> externalId, Optional<String> name) {}

    /** A file, and where it is to be had. */
    record File(String type, String url, Optional<String> mimeType, Optional<String> fileName) {}

    record Said(String id, Sender sender, Optional<Instant> at, Optional<String> text, Optional<File> media,
            Optional<String> replyTo) {}

    record Receipt(String messageId, String status, Optional<Instant> at) {}
}
