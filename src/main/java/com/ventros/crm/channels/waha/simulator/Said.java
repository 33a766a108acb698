package com.ventros.crm.channels.waha.simulator;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** One message as WhatsApp knows it. Its changing parts are guarded by the simulator's lock. */
final class Said {

    /** Delivery states as WAHA numbers them. */
    enum Ack {
        PENDING, SERVER, DEVICE, READ, PLAYED
    }

    final String id;
    final boolean fromMe;
    /** Sent through WAHA, and not typed on a phone. */
    final boolean viaApi;
    /** Who wrote it, or to whom it goes; empty for our own messages in a group. */
    final Optional<Customer> customer;
    final Optional<Group> group;
    final Instant at;
    final Optional<Said> replyTo;
    final Optional<Ad> ad;
    /** Chats that show it, the first as it was written; twins have two (the phone's and the LID's). */
    final LinkedHashSet<String> chats = new LinkedHashSet<>();
    Content content;
    Ack ack;
    boolean revoked;
    /** When WAHA last fetched the file, for as long as it keeps it. */
    Instant fileFetchedAt;

    Said(String id, boolean fromMe, boolean viaApi, Optional<Customer> customer, Optional<Group> group, String chat,
            Content content, Instant at, Optional<Said> replyTo, Optional<Ad> ad) {
        this.id = id;
        this.fromMe = fromMe;
        this.viaApi = viaApi;
        this.customer = customer;
        this.group = group;
        this.content = content;
        this.at = at;
        this.fileFetchedAt = at;
        this.replyTo = replyTo;
        this.ad = ad;
        this.ack = fromMe ? Ack.PENDING : Ack.DEVICE;
        chats.add(chat);
    }

    String chat() {
        return chats.getFirst();
    }

    /** Every chat id under which a search that joins phone and LID finds it. */
    List<String> joinedChats() {
        return group.isPresent() ? List.of(chat())
                : customer.map(Customer::addresses).orElseGet(() -> List.of(chat()));
    }

    /** WhatsApp's own part of an id in any of WAHA's spellings. */
    static String bareId(String id) {
        if (!id.startsWith("true_") && !id.startsWith("false_")) return id;
        var parts = id.split("_");
        return parts.length > 2 ? parts[2] : id;
    }
}
