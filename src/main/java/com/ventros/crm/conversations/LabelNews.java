package com.ventros.crm.conversations;

import java.time.Instant;
import java.util.Optional;

/** What a channel tells of its labels, each by the channel's own id for it. */
public sealed interface LabelNews {

    String labelId();

    /** When it happened by the provider's clock; of two the later counts. */
    Instant at();

    /** A label was made, or changed: its colour is {@code #rrggbb}, if told. */
    record Described(String labelId, String name, Optional<String> colour, Instant at) implements LabelNews {}

    record Deleted(String labelId, String name, Instant at) implements LabelNews {}

    /** A chat got a label, or lost it. */
    record OnChat(String labelId, ChatAddress chat, boolean put, Instant at) implements LabelNews {}
}
