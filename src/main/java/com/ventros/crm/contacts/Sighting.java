package com.ventros.crm.contacts;

import com.ventros.crm.kernel.PhoneNumber;
import java.util.Optional;

/**
 * Somebody as one delivery shows them: addresses that this delivery proves to belong to one person, and the name the
 * person chose for themselves on the channel.
 *
 * @param phone    the telephone number, if the delivery tells it
 * @param lid      digits of WhatsApp's private id (without {@code @lid}), if the delivery tells it; never a phone number
 * @param pushName the name the person gave themselves; empty when missing, blank or a mere dash
 */
public record Sighting(Optional<PhoneNumber> phone, Optional<String> lid, Optional<String> pushName) {

    public Sighting {
        if (phone.isEmpty() && lid.isEmpty()) throw new IllegalArgumentException("nobody is known by no address");
    }
}
