package com.ventros.crm.lab;

import com.ventros.crm.channels.waha.simulator.Ledger;
import com.ventros.crm.conversations.KeptRows;
import com.ventros.crm.kernel.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Looks into the database for what really is there, and says everything that should not be so. */
final class Truth {

    private static final int EXAMPLES = 5;
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Servers servers;
    private final UUID tenant;
    /** The patterns that every consumer of events listens to, by its name. */
    private final Map<String, List<String>> consumers;

    Truth(Servers servers, UUID tenant, Map<String, List<String>> consumers) {
        this.servers = servers;
        this.tenant = tenant;
        this.consumers = consumers;
    }

    /** Figures of the table, and complaints: a run is good when there are none. */
    record Findings(Map<String, Long> figures, List<String> complaints) {

        void figure(String name, long value) {
            figures.put(name, value);
        }

        /** Takes note of a figure that must be zero. */
        void none(String name, long value) {
            none(name, value, List.of());
        }

        void none(String name, long value, List<String> examples) {
            figure(name, figures.getOrDefault(name, 0L) + value);
            if (value != 0) complaints.add(name + ": " + value + (examples.isEmpty() ? "" : " " + examples));
        }

        void equal(String name, long expected, long actual) {
            if (expected != actual) complaints.add(name + ": " + actual + " instead of " + expected);
        }
    }

    /** Consumers and the patterns they listen to, as the broker knows them. */
    static Map<String, List<String>> consumers(Servers servers) throws Exception {
        var found = new TreeMap<String, List<String>>();
        if (servers.rabbit().isPresent()) {
            servers.rabbit().get().bindings().forEach((queue, patterns) -> {
                if (queue.startsWith("crm.")) found.put(queue.substring("crm.".length()), patterns);
            });
            return found;
        }
        try (var connection = servers.system(false)) {
            client(connection).sql("select name, bindings from broker_queues where name like 'crm.%'")
                    .query((row, _) -> found.put(row.getString(1).substring("crm.".length()),
                            List.of((String[]) row.getArray(2).getArray()))).list();
        }
        return found;
    }

    private static JdbcClient client(Connection connection) {
        return JdbcClient.create(new SingleConnectionDataSource(connection, true));
    }

    /** Waits until messages of these ids are there and were shown to the screens. */
    void awaitShown(List<String> externalIds, Duration atMost) throws Exception {
        var deadline = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < deadline) {
            try (var connection = app(false)) {
                while (System.nanoTime() < deadline) {
                    if (shown(client(connection), externalIds)) return;
                    Thread.sleep(LOOK);
                }
            } catch (SQLException | DataAccessException away) {
                Thread.sleep(LOOK); // The database is not back yet.
            }
        }
        throw new IllegalStateException("fresh deliveries are not applied within " + atMost);
    }

    private static boolean shown(JdbcClient app, List<String> externalIds) {
        return app.sql("""
                select count(distinct r.external_id) from message_ref r
                  join live_event e on e.tenant_id = r.tenant_id and e.aggregate_id = r.message_id
                 where r.external_id = any(:ids) and e.type = 'message.created'
                """).param("ids", externalIds.toArray(String[]::new)).query(Long.class).single() == externalIds.size();
    }

    /** Of the newest event so far. */
    long lastPosition() throws Exception {
        try (var connection = app(false)) {
            return client(connection).sql("select coalesce(max(position), 0) from domain_event_logs").query(Long.class).single();
        }
    }

    /** Waits until so many acceptances were applied, and nothing is on its way any more. */
    void awaitApplied(boolean reference, long acceptances, Duration atMost) throws Exception {
        var deadline = System.nanoTime() + atMost.toNanos();
        try (var app = app(reference, tenant); var system = servers.system(reference)) {
            while (count(client(app), "select count(*) from processed_events where consumer_name = 'waha-deliveries'") < acceptances
                    || count(client(system), "select count(*) from outbox_events") > 0) {
                if (System.nanoTime() > deadline) throw new IllegalStateException("not applied within " + atMost);
                Thread.sleep(200);
            }
        }
    }

    private Connection app(boolean reference) throws Exception {
        return app(reference, tenant);
    }

    private Connection app(boolean reference, UUID whose) throws Exception {
        var connection = servers.app(reference);
        try (var statement = connection.prepareStatement("select set_config('crm.tenant_id', ?, false)")) {
            statement.setString(1, whose.toString());
            statement.execute();
        }
        return connection;
    }

    /** Everything that can be said while nothing is under way any more. */
    Findings look(Flood flood, Story story, Talk talk, Probe probe, Map<String, UUID> channels, long firstPosition) throws Exception {
        var findings = new Findings(new LinkedHashMap<>(), new ArrayList<>());
        try (var system = servers.system(false); var app = app(false)) {
            underWay(client(system), findings);
            deliveries(client(app), flood, talk, findings);
            messages(client(app), story, talk, channels, findings);
            events(client(app), probe, firstPosition, findings);
            effects(client(app), findings);
            sends(client(app), talk, findings);
        }
        return findings;
    }

    private void underWay(JdbcClient system, Findings findings) {
        for (var table : List.of("outbox_events", "waha_spool", "failures")) {
            findings.none("left in " + table, count(system, "select count(*) from " + table),
                    table.equals("failures") ? system.sql("select source || ' ' || code || ' ' || reason from failures limit 5")
                            .query(String.class).list() : List.of());
        }
        findings.none("sessions overdue", count(system, """
                select count(*) from session where status = 'OPEN' and deadline < now() - interval '75 seconds'"""));
    }

    /** Acceptances: each has an id of its own, which the inbox remembers when it is applied. */
    private static void deliveries(JdbcClient app, Flood flood, Talk talk, Findings findings) {
        var totals = talk.waha().ledger().totals();
        long unanswered = flood.unanswered() + talk.waha().ledger().deliveries().stream()
                .mapToLong(delivery -> delivery.answers().stream().filter(status -> status == Ledger.NO_ANSWER).count()).sum();
        long answered = flood.answered() + totals.accepted();
        long applied = count(app, "select count(*) from processed_events where consumer_name = 'waha-deliveries'");
        findings.figure("accepted", answered);
        findings.figure("applied", applied);
        findings.figure("unanswered", unanswered);
        findings.none("lost", Math.max(0, answered - applied));
        findings.none("unexpected", Math.max(0, applied - answered - unanswered));
        flood.refused().forEach((status, times) -> {
            if (status < 500) findings.none("refused with " + status, times.get());
        });
    }

    private static void messages(JdbcClient app, Story story, Talk talk, Map<String, UUID> channels, Findings findings) {
        findings.none("doubled", count(app, """
                select count(*) - count(distinct (channel_id, external_id)) from message where external_id is not null"""));
        var expected = new HashMap<UUID, Set<String>>();
        channels.values().forEach(channel -> expected.put(channel, new TreeSet<>()));
        story.all().stream().filter(delivery -> delivery.event().startsWith("message") && isNew(delivery.event()))
                .forEach(delivery -> expected.get(channels.get(delivery.session())).add(delivery.messageId()));
        // Of what its own server gave up to deliver, nobody can know.
        talk.waha().ledger().deliveries(delivery -> isNew(delivery.event()) && delivery.outcome() == Ledger.Outcome.ACCEPTED)
                .forEach(delivery -> expected.get(channels.get(delivery.session())).add(delivery.messageId()));
        var sent = talk.waha().ledger().sent().stream().map(Ledger.Sent::id).collect(Collectors.toSet());
        var given = talk.waha().ledger().deliveries(delivery -> isNew(delivery.event())).stream()
                .map(Ledger.Delivery::messageId).collect(Collectors.toSet());
        expected.forEach((channel, ids) -> {
            // An answer of the shop has its id before it is sent; whether it was is judged among the answers.
            var there = Set.copyOf(app.sql("""
                    select external_id from message where channel_id = :channel and external_id is not null
                       and not (source = 'CRM' and status in ('QUEUED', 'UNKNOWN', 'FAILED'))
                    """).param("channel", channel).query(String.class).list());
            var missing = ids.stream().filter(id -> !there.contains(id)).toList();
            findings.none("lost", missing.size(), missing.stream().limit(EXAMPLES).toList());
            var strange = there.stream().filter(id -> !ids.contains(id) && !sent.contains(id) && !given.contains(id)).toList();
            findings.none("unexpected", strange.size(), strange.stream().limit(EXAMPLES).toList());
        });
        findings.figure("messages", expected.values().stream().mapToLong(Set::size).sum());
    }

    private static boolean isNew(String event) {
        return event.equals("message") || event.equals("message.any");
    }

    private void events(JdbcClient app, Probe probe, long firstPosition, Findings findings) {
        record Logged(UUID id, long position) {}
        var logged = app.sql("select id, position from domain_event_logs").query(Logged.class).list();
        var known = logged.stream().map(Logged::id).collect(Collectors.toSet());
        var heard = probe.seen();
        findings.figure("events", logged.size());
        findings.none("events not published", logged.stream()
                .filter(event -> event.position() > firstPosition && !heard.contains(event.id())).count());
        findings.none("events of nothing", heard.stream().filter(id -> !known.contains(id)).count());
        var violations = probe.violations();
        findings.none("order violations", violations.size(), violations.stream().limit(EXAMPLES).toList());
    }

    /** Each consumer has done each event that concerns it, and what it did is there once. */
    private void effects(JdbcClient app, Findings findings) {
        long missing = 0;
        for (var consumer : consumers.entrySet()) {
            var pattern = consumer.getValue().stream().map(Truth::regex).collect(Collectors.joining("|", "^(", ")$"));
            var open = app.sql("""
                    select e.type || ' ' || e.id from domain_event_logs e where e.type ~ :pattern
                       and not exists (select from processed_events p where p.event_id = e.id and p.consumer_name = :name)
                    """).param("pattern", pattern).param("name", consumer.getKey()).query(String.class).list();
            if (!open.isEmpty()) findings.complaints().add("not done by " + consumer.getKey() + ": " + open.size() + " "
                    + open.stream().limit(EXAMPLES).toList());
            missing += open.size();
        }
        findings.figure("effects missing", missing);
        var live = consumers.get("realtime").stream().map(Truth::regex).collect(Collectors.joining("|", "^(", ")$"));
        long shown = count(app, "select count(*) from live_event");
        findings.none("effects doubled", app.sql("""
                select count(*) from (select type, aggregate_id, count(*) from live_event group by 1, 2) l
                  full join (select type, aggregate_id, count(*) from domain_event_logs where type ~ :pattern group by 1, 2) e
                    using (type, aggregate_id) where l.count is distinct from e.count
                """).param("pattern", live).query(Long.class).single());
        findings.none("gaps in live positions", count(app, "select coalesce(max(position), 0) from live_event") - shown);
        var timeline = consumers.get("timeline").stream().map(Truth::regex).collect(Collectors.joining("|", "^(", ")$"));
        var untold = app.sql("""
                select e.type || ' ' || e.id from domain_event_logs e
                  left join contact_merge m on m.absorbed_id = (e.data ->> 'contactId')::uuid
                  join contact c on c.id = coalesce(m.survivor_id, (e.data ->> 'contactId')::uuid)
                 where e.type ~ :pattern and not exists (select from timeline_entry t where t.id = e.id)
                """).param("pattern", timeline).query(String.class).list();
        findings.none("missing in timelines", untold.size(), untold.stream().limit(EXAMPLES).toList());
        findings.none("timeline entries of nothing", count(app, """
                select count(*) from timeline_entry t where not exists (select from domain_event_logs e where e.id = t.id)"""));
    }

    /** {@code #} stands for any number of words, {@code *} for one. */
    private static String regex(String pattern) {
        return pattern.replace(".", "\\.").replace("\\.#", "(\\..+)?").replace("#", ".*").replace("*", "[^.]+");
    }

    private static void sends(JdbcClient app, Talk talk, Findings findings) {
        record Shown(String text, String status, UUID id) {}
        var ledger = talk.waha().ledger();
        var timesSent = ledger.sent().stream().collect(Collectors.groupingBy(Ledger.Sent::text, Collectors.counting()));
        var shown = app.sql("select text, status, id from message where direction = 'OUTBOUND' and source in ('CRM', 'API')")
                .query(Shown.class).list().stream().collect(Collectors.groupingBy(Shown::text));
        long sent = 0;
        long twice = 0;
        long untrue = 0;
        long unknown = 0;
        long open = 0;
        long kept = 0;
        var examples = new ArrayList<String>();
        for (var answer : talk.answers()) {
            var rows = shown.getOrDefault(answer.text(), List.of());
            if (rows.size() == 1 && rows.getFirst().id().equals(answer.message())) kept++;
            long times = timesSent.getOrDefault(answer.text(), 0L);
            sent += Math.min(1, times);
            if (times > 1) twice++;
            for (var row : rows) {
                boolean lies = switch (row.status()) {
                    case "SENT", "DELIVERED", "READ", "PLAYED" -> times == 0;
                    case "FAILED" -> times > 0;
                    default -> false;
                };
                if (lies) {
                    untrue++;
                    examples.add(row + " sent " + times + " times");
                }
                if (row.status().equals("UNKNOWN") && times == 0) unknown++;
                // What went out is found in the history sooner or later; until then nothing wrong is said of it.
                if (row.status().equals("QUEUED") || row.status().equals("SENDING") || row.status().equals("UNKNOWN") && times > 0) open++;
            }
        }
        findings.figure("answers", talk.answers().size());
        findings.figure("sent", sent);
        findings.figure("outcome unknown", unknown);
        findings.equal("answers kept once", talk.answers().size(), kept);
        findings.none("sends doubled", twice + ledger.sent().stream().filter(one -> ledger.sendCalls(one.id()) > 1).count());
        findings.none("shown as what they are not", untrue, examples.stream().limit(EXAMPLES).toList());
        findings.none("sends still open", open);
        findings.none("refusals by the API", talk.refusals().size(), talk.refusals().stream().limit(EXAMPLES).toList());
    }

    /** The product's own books, as its screen shows them. */
    void books(JsonNode summary, Findings findings) {
        findings.equal("accepted in the product's books", findings.figures().get("applied"), summary.path("accepted").asLong());
        findings.equal("applied in the product's books", findings.figures().get("applied"), summary.path("applied").asLong());
        for (var field : List.of("waiting", "setAside", "lost", "doubled")) {
            findings.equal(field + " in the product's books", 0, summary.path(field).asLong());
        }
    }

    /** The rows that the story left behind, with natural keys; without those of the talk that went on beside it. */
    List<String> rows(boolean reference, UUID whose, Map<String, UUID> channels) throws Exception {
        try (var connection = app(reference, whose)) {
            var source = new SingleConnectionDataSource(connection, true);
            var kept = new KeptRows(JdbcClient.create(source), new TransactionTemplate(new DataSourceTransactionManager(source)));
            var talks = Talk.ENGINES.stream().map(Talk::name).map(channels::get).filter(Objects::nonNull).map(UUID::toString).toList();
            return kept.of(new TenantId(whose)).stream()
                    .filter(line -> talks.stream().noneMatch(line::contains))
                    .filter(line -> !line.contains("PHONE:+" + Talk.PHONES) && !line.contains("LID:" + Talk.LIDS))
                    .map(line -> withNames(line, channels)).sorted().toList();
        }
    }

    private static String withNames(String line, Map<String, UUID> channels) {
        for (var channel : channels.entrySet()) line = line.replace(channel.getValue().toString(), channel.getKey());
        return line;
    }

    private static long count(JdbcClient client, String sql) {
        return client.sql(sql).query(Long.class).single();
    }
}
