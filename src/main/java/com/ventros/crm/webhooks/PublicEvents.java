package com.ventros.crm.webhooks;

import com.ventros.crm.events.Envelope;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is told to the outside, and under which name: our own word, unless the public one is better. */
public final class PublicEvents {

    private static final String MESSAGE_CREATED = "message.created";
    private static final String MESSAGE_RECEIVED = "message.received";
    private static final String MESSAGE_SENT = "message.sent";

    /** Everything but {@code message.created}, which is two things to whoever listens. */
    private static final Map<String, String> NAMES = new TreeMap<>(Map.ofEntries(
            same("message.delivered"), same("message.read"), same("message.played"), same("message.failed"),
            same("message.outcome_unknown"), same("message.edited"), same("message.revoked"), same("message.reacted"),
            same("message.voted"), same("message.action_failed"), Map.entry("message.sent", "message.accepted"),
            Map.entry("session.started", "session.created"), same("session.ended"), same("session.reopened"),
            same("contact.created"), same("contact.name_changed"), same("contact.phone_set"),
            same("contact.identity_linked"), same("contact.merged"), same("contact.merge_reversed"), same("contact.erased"),
            same("contact.entered_pipeline"), same("contact.pipeline_status_changed"), same("contact.exited_pipeline"),
            same("deal.won"), same("deal.lost"),
            same("tracking.ad_clicked"), same("tracking.link_followed"), same("call.received"), same("call.accepted"), same("call.rejected"),
            same("channel.connected"), same("channel.disconnected")));

    private PublicEvents() {}

    private static Map.Entry<String, String> same(String name) {
        return Map.entry(name, name);
    }

    /** The domain's names of all events that are told. */
    public static Set<String> domainTypes() {
        var types = new TreeSet<>(NAMES.keySet());
        types.add(MESSAGE_CREATED);
        return types;
    }

    /** All names that an endpoint can ask for. */
    public static Set<String> names() {
        var names = new TreeSet<>(NAMES.values());
        names.add(MESSAGE_RECEIVED);
        names.add(MESSAGE_SENT);
        return names;
    }

    /** The public name of an event; empty when it is not told. */
    public static Optional<String> name(Envelope event) {
        if (!event.type().equals(MESSAGE_CREATED)) return Optional.ofNullable(NAMES.get(event.type()));
        return Optional.of(event.data().path("direction").asString("").equals("INBOUND") ? MESSAGE_RECEIVED : MESSAGE_SENT);
    }
}
