package com.ventros.crm.audit.flow;

import com.ventros.crm.audit.AuditEntry;
import com.ventros.crm.audit.AuditLog;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Envelope;
import com.ventros.crm.events.EventConsumer;
import com.ventros.crm.events.OnReplay;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * What people, keys and the program did goes into the audit log. What channels report does not, nor does the traffic
 * of conversations: each message is a record with its author already, and a chain is written by one at a time.
 */
@Component
public class OnWhatSomebodyDid implements EventConsumer {

    /** Families of events that are recorded, those to come included. */
    public static final Set<String> RECORDED = Set.of("tenant", "project", "member", "invitation", "role", "api_key", "agent", "team",
            "business_hours", "assignment_rule", "canned_reply", "channel", "label", "contact", "contact_list", "contact_import", "contact_export", "pipeline", "status", "deal", "note",
            "automation", "broadcast", "sequence", "webhook", "billing", "tag", "custom_field", "failure", "replay", "queue",
            "saga", "operation", "tracking_link", "tracking_cost", "tracking_settings", "conversion");
    /** Families that are not: there are as many of these as messages, or they tell that somebody looked. */
    public static final Set<String> TRAFFIC = Set.of("message", "scheduled_message", "chat", "session", "call", "tracking", "notification");

    /** Things of which an event tells what a customer said, or what was said of one. */
    private static final Set<String> OF_CUSTOMERS = Set.of("contact", "note");

    private final AuditLog log;

    OnWhatSomebodyDid(AuditLog log) {
        this.log = log;
    }

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public Set<String> patterns() {
        return RECORDED.stream().map(family -> family + ".#").collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public OnReplay onReplay() {
        return new OnReplay.Refuse("its entries are a chain that only ever grows.");
    }

    @Override
    public void handle(List<Envelope> events) {
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var entries = events.stream().filter(event -> event.actor().kind() != Actor.Kind.CHANNEL)
                .sorted(Comparator.comparingLong(Envelope::sequence)).map(event -> entry(event, now)).toList();
        if (!entries.isEmpty()) log.append(entries);
    }

    private static AuditEntry entry(Envelope event, Instant now) {
        return new AuditEntry(event.tenantId().value(), 0, event.id(), event.type(), event.version(),
                event.aggregateType(), event.aggregateId(), event.occurredAt().truncatedTo(ChronoUnit.MICROS), now,
                event.actor().kind(), event.actor().id(), event.correlationId(), data(event));
    }

    /**
     * Of a customer only what was changed, not to what: an entry stays for ever, and a person may ask to be forgotten. Of somebody
     * new, what was said of them.
     */
    private static String data(Envelope event) {
        if (!OF_CUSTOMERS.contains(event.aggregateType())) return event.data().toString();
        boolean isNew = event.type().endsWith(".created");
        return event.data().properties().stream().filter(said -> !isNew || !said.getValue().isNull() && !isEmpty(said.getValue()))
                .map(Map.Entry::getKey).sorted().map(name -> "\"" + name + "\"")
                .collect(Collectors.joining(",", "{\"fields\":[", "]}"));
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isArray() && value.isEmpty();
    }
}
