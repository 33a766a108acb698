package com.ventros.crm.conversations;

import com.ventros.crm.TestTenant;
import com.ventros.crm.contacts.Sighting;
import com.ventros.crm.conversations.ReceiveMessages.Received;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.PhoneNumber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Facts as a channel would report them, for tests. */
final class Facts {

    static final int TIMEOUT_MINUTES = 30;
    static final Cause CAUSE = Cause.outside(new Actor(Actor.Kind.CHANNEL, "test"));
    static final Incoming.OwnNumber OWN =
            new Incoming.OwnNumber(new PhoneNumber("+5511998000999"), Optional.of("100000000000999"));

    private Facts() {}

    static Received received(TestTenant tenant, ChannelId channel, Incoming incoming) {
        return new Received(channel, tenant.project(), TIMEOUT_MINUTES, "BR", Optional.of(OWN), incoming, CAUSE);
    }

    static Sighting phone(String digits) {
        return phone(digits, Optional.empty());
    }

    static Sighting phone(String digits, Optional<String> name) {
        return new Sighting(PhoneNumber.ofDigits(digits), Optional.empty(), name);
    }

    static Sighting lid(String lid) {
        return new Sighting(Optional.empty(), Optional.of(lid), Optional.empty());
    }

    static Sighting both(String digits, String lid) {
        return new Sighting(PhoneNumber.ofDigits(digits), Optional.of(lid), Optional.empty());
    }

    static ChatAddress chat(Sighting customer) {
        return ChatAddress.direct(customer.phone().map(phone -> phone.e164().substring(1) + "@c.us")
                .orElseGet(() -> customer.lid().orElseThrow() + "@lid"), customer);
    }

    static Incoming.Message text(ChatAddress chat, String id, Instant at, String text) {
        return message(chat, id, at, false, false, Optional.empty(), text, Optional.empty());
    }

    static Incoming.Message echo(ChatAddress chat, String id, Instant at, boolean viaApi, String text, AckLevel ack) {
        return message(chat, id, at, true, viaApi, Optional.empty(), text, Optional.ofNullable(ack));
    }

    static Incoming.Message message(ChatAddress chat, String id, Instant at, boolean fromMe, boolean viaApi,
            Optional<Sighting> author, String text, Optional<AckLevel> ack) {
        return new Incoming.Message(chat, id, at, fromMe, viaApi, author, MessageContent.ofText(text),
                Optional.empty(), List.of(), false, Optional.empty(), ack);
    }
}
