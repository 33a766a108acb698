package com.ventros.crm.conversations;

import com.ventros.crm.contacts.Sighting;
import java.util.Optional;

/**
 * The chat in which something happened.
 *
 * @param kind     whom we talk with
 * @param address  the chat id exactly as the channel gave it ({@code 553198000120@c.us}, {@code …@lid},
 *                 {@code …@g.us}): answers go there, a guessed spelling reaches nobody
 * @param customer in a direct chat, the person on the other side, whichever way the message went; empty in groups
 * @param title    the group's name, if the delivery tells it
 */
public record ChatAddress(Kind kind, String address, Optional<Sighting> customer, Optional<String> title) {

    /** Whom a chat is with. */
    public enum Kind { DIRECT, GROUP }

    public ChatAddress {
        if ((kind == Kind.DIRECT) != customer.isPresent()) {
            throw new IllegalArgumentException("a direct chat has one customer, a group none");
        }
    }

    public static ChatAddress direct(String address, Sighting customer) {
        return new ChatAddress(Kind.DIRECT, address, Optional.of(customer), Optional.empty());
    }

    public static ChatAddress group(String address, Optional<String> title) {
        return new ChatAddress(Kind.GROUP, address, Optional.empty(), title);
    }
}
