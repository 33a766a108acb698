package com.ventros.crm.contacts;

import com.ventros.crm.kernel.PhoneNumber;
import java.util.Optional;

/**
 * Somebody as one delivery shows them: addresses that this delivery proves to belong to one person, and the name the
 * person chose for themselves on the channel.
 *
 * @param phone    the telephone number, if the delivery tells it
 * @param lid      digits of WhatsApp's private id (without {@code @lid}), if the delivery tells it; never a phone number
 * @param external id in another system that delivers it, if the delivery tells it
 * @param pushName the name the person gave themselves; empty when missing, blank or a mere dash
 */
public record Sighting(Optional<PhoneNumber> phone, Optional<String> lid, Optional<String> external, Optional<String> pushName) {

    public Sighting {
        if (phone.isEmpty() && lid.isEmpty() && external.isEmpty()) throw new IllegalArgumentException("nobody is known by no address");
    }

    /** As WhatsApp shows people. */
    public Sighting(Optional<PhoneNumber> phone, Optional<String> lid, Optional<String> pushName) {
        this(phone, lid, Optional.empty(), pushName);
    }

    /** The same addresses without the name. */
    public Sighting nameless() {
        return new Sighting(phone, lid, external, Optional.empty());
    }
}
