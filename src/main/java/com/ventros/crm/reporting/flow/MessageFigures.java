package com.ventros.crm.reporting.flow;

import com.ventros.crm.accounts.AccountView;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Envelope;
import com.ventros.crm.events.EventConsumer;
import com.ventros.crm.events.OnReplay;
import com.ventros.crm.events.ReadModels;
import com.ventros.crm.events.Replayed;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Counts messages, and the contacts with whom they were exchanged. Each message counts once in a generation, whatever comes
 * again: it is noted before it is counted, in one transaction. All is written in one order, so that batches wait for each
 * other and never in a circle.
 */
@Component
class MessageFigures implements EventConsumer {

    private static final long QUARTER_SECONDS = 15 * 60;
    private static final ZoneId UNKNOWN = ZoneId.of("UTC");

    /** @param writer the member who wrote it here; null for everybody else */
    private record Said(UUID message, UUID project, UUID channel, UUID contact, boolean inbound, boolean written, UUID writer, Instant at) {}

    private record Quarter(int generation, UUID project, Instant at, UUID channel) implements Comparable<Quarter> {
        private static final Comparator<Quarter> ORDER = Comparator.comparingInt(Quarter::generation)
                .thenComparing(Quarter::project).thenComparing(Quarter::at).thenComparing(Quarter::channel);

        @Override
        public int compareTo(Quarter other) {
            return ORDER.compare(this, other);
        }
    }

    private record Writer(Quarter quarter, UUID user) implements Comparable<Writer> {
        private static final Comparator<Writer> ORDER = Comparator.comparing(Writer::quarter).thenComparing(Writer::user);

        @Override
        public int compareTo(Writer other) {
            return ORDER.compare(this, other);
        }
    }

    private record Active(int generation, UUID project, LocalDate month, UUID channel, UUID contact) implements Comparable<Active> {
        private static final Comparator<Active> ORDER = Comparator.comparingInt(Active::generation).thenComparing(Active::project)
                .thenComparing(Active::month).thenComparing(Active::channel).thenComparing(Active::contact);

        @Override
        public int compareTo(Active other) {
            return ORDER.compare(this, other);
        }
    }

    private final JdbcClient db;
    private final ReadModels models;
    private final AccountView accounts;

    MessageFigures(JdbcClient db, ReadModels models, AccountView accounts) {
        this.db = db;
        this.models = models;
        this.accounts = accounts;
    }

    @Override
    public String name() {
        return "message-figures";
    }

    @Override
    public Set<String> patterns() {
        return Set.of("message.created");
    }

    @Override
    public OnReplay onReplay() {
        return new OnReplay.Rebuild("report_message");
    }

    @Override
    public void handle(List<Envelope> events) {
        var generations = models.generations(name());
        if (Replayed.current().isPresent()) sweep();
        var said = events.stream().filter(event -> event.projectId().isPresent()).map(MessageFigures::said)
                .collect(Collectors.toMap(Said::message, one -> one, (a, _) -> a, HashMap::new));
        var zones = accounts.projects().stream().collect(Collectors.toMap(AccountView.Project::id, one -> ZoneId.of(one.timeZone())));
        var quarters = new TreeMap<Quarter, long[]>();
        var writers = new TreeMap<Writer, Long>();
        var contacts = new TreeSet<Active>();
        note(generations, said.keySet()).forEach((generation, fresh) -> fresh.forEach(id -> {
            var one = said.get(id);
            var at = Instant.ofEpochSecond(Math.floorDiv(one.at().getEpochSecond(), QUARTER_SECONDS) * QUARTER_SECONDS);
            var quarter = new Quarter(generation, one.project(), at, one.channel());
            var counts = quarters.computeIfAbsent(quarter, _ -> new long[3]);
            counts[one.inbound() ? 0 : 1]++;
            if (one.written()) counts[2]++;
            if (one.writer() != null) writers.merge(new Writer(quarter, one.writer()), 1L, Long::sum);
            if (one.contact() == null) return;
            contacts.add(new Active(generation, one.project(), one.at().atZone(zones.getOrDefault(one.project(), UNKNOWN)).toLocalDate()
                    .withDayOfMonth(1), one.channel(), one.contact()));
        }));
        count(quarters);
        credit(writers);
        remember(contacts);
    }

    /** Which of these messages are new in which generation. */
    private Map<Integer, List<UUID>> note(Integer[] generations, Collection<UUID> messages) {
        record Noted(int generation, UUID message) {}
        return db.sql("""
                insert into report_message (tenant_id, generation, message_id)
                select :tenant, g, m from unnest(:generations::int[]) g cross join unnest(:messages::uuid[]) m order by g, m
                    on conflict do nothing returning generation, message_id
                """)
                .param("tenant", Tenancy.current().value()).param("generations", generations)
                .param("messages", messages.toArray(UUID[]::new))
                .query((row, _) -> new Noted(row.getInt(1), row.getObject(2, UUID.class))).list().stream()
                .collect(Collectors.groupingBy(Noted::generation, Collectors.mapping(Noted::message, Collectors.toList())));
    }

    private void count(TreeMap<Quarter, long[]> quarters) {
        if (quarters.isEmpty()) return;
        var keys = quarters.keySet();
        db.sql("""
                insert into report_volume as v (tenant_id, generation, project_id, quarter, channel_id, inbound, outbound, written)
                select :tenant, q.* from unnest(:generations::int[], :projects::uuid[], :quarters::timestamptz[], :channels::uuid[],
                                                :inbound::bigint[], :outbound::bigint[], :written::bigint[]) q
                    on conflict (tenant_id, generation, project_id, quarter, channel_id) do update
                   set inbound = v.inbound + excluded.inbound, outbound = v.outbound + excluded.outbound,
                       written = v.written + excluded.written
                """)
                .param("tenant", Tenancy.current().value())
                .param("generations", keys.stream().map(Quarter::generation).toArray(Integer[]::new))
                .param("projects", keys.stream().map(Quarter::project).toArray(UUID[]::new))
                .param("quarters", keys.stream().map(one -> one.at().toString()).toArray(String[]::new))
                .param("channels", keys.stream().map(Quarter::channel).toArray(UUID[]::new))
                .param("inbound", quarters.values().stream().map(counts -> counts[0]).toArray(Long[]::new))
                .param("outbound", quarters.values().stream().map(counts -> counts[1]).toArray(Long[]::new))
                .param("written", quarters.values().stream().map(counts -> counts[2]).toArray(Long[]::new)).update();
    }

    private void credit(TreeMap<Writer, Long> writers) {
        if (writers.isEmpty()) return;
        var keys = writers.keySet();
        db.sql("""
                insert into report_writer as w (tenant_id, generation, project_id, quarter, channel_id, user_id, messages)
                select :tenant, q.* from unnest(:generations::int[], :projects::uuid[], :quarters::timestamptz[], :channels::uuid[],
                                                :users::uuid[], :messages::bigint[]) q
                    on conflict (tenant_id, generation, project_id, quarter, channel_id, user_id) do update
                   set messages = w.messages + excluded.messages
                """)
                .param("tenant", Tenancy.current().value())
                .param("generations", keys.stream().map(one -> one.quarter().generation()).toArray(Integer[]::new))
                .param("projects", keys.stream().map(one -> one.quarter().project()).toArray(UUID[]::new))
                .param("quarters", keys.stream().map(one -> one.quarter().at().toString()).toArray(String[]::new))
                .param("channels", keys.stream().map(one -> one.quarter().channel()).toArray(UUID[]::new))
                .param("users", keys.stream().map(Writer::user).toArray(UUID[]::new))
                .param("messages", writers.values().toArray(Long[]::new)).update();
    }

    private void remember(TreeSet<Active> contacts) {
        if (contacts.isEmpty()) return;
        db.sql("""
                insert into report_contact (tenant_id, generation, project_id, month, channel_id, contact_id)
                select :tenant, c.* from unnest(:generations::int[], :projects::uuid[], :months::date[], :channels::uuid[],
                                                :contacts::uuid[]) c
                    on conflict do nothing
                """)
                .param("tenant", Tenancy.current().value())
                .param("generations", contacts.stream().map(Active::generation).toArray(Integer[]::new))
                .param("projects", contacts.stream().map(Active::project).toArray(UUID[]::new))
                .param("months", contacts.stream().map(one -> one.month().toString()).toArray(String[]::new))
                .param("channels", contacts.stream().map(Active::channel).toArray(UUID[]::new))
                .param("contacts", contacts.stream().map(Active::contact).toArray(UUID[]::new)).update();
    }

    /** Figures of generations that nobody reads or builds any more go with the next rebuild; the engine sweeps the messages. */
    private void sweep() {
        for (var table : List.of("report_volume", "report_writer", "report_contact")) {
            db.sql("delete from " + table + " where " + ReadModels.FORGOTTEN).param("name", name()).update();
        }
    }

    private static Said said(Envelope event) {
        var data = event.data();
        var contact = data.path("contactId");
        return new Said(event.aggregateId(), event.projectId().orElseThrow().value(), UUID.fromString(data.path("channelId").asString()),
                contact.isNull() || contact.isMissingNode() ? null : UUID.fromString(contact.asString()),
                data.path("direction").asString().equals("INBOUND"), data.path("source").asString().equals("CRM"), writer(event),
                Instant.parse(data.path("sentAt").asString()).truncatedTo(ChronoUnit.SECONDS));
    }

    /** Events from before they named their author tell who acted. */
    private static UUID writer(Envelope event) {
        var author = event.data().path("authorUserId");
        if (author.isString()) return UUID.fromString(author.asString());
        var actor = event.actor();
        return author.isMissingNode() && event.data().path("source").asString().equals("CRM") && actor.kind() == Actor.Kind.USER
                ? UUID.fromString(actor.id()) : null;
    }
}
