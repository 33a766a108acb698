package com.ventros.crm.audit;

import com.ventros.crm.events.Actor;
import com.ventros.crm.http.Paging;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The bound tenant's audit entries. Each holds the hash of the one before, so whoever changes, removes or inserts one
 * behind the program's back would have to change all that follow, and the last hash that somebody noted elsewhere.
 */
@Repository
public class AuditLog {

    /** Checked in one request: a second or two of work; whoever has more goes on from where it ended. */
    static final int CHECKED_AT_ONCE = 100_000;
    private static final int PAGE = 2_000;

    /** What to look for; empty parts say nothing. */
    public record Filter(Optional<String> actor, Optional<String> type, Optional<String> aggregateType,
            Optional<UUID> aggregateId, Optional<Instant> from, Optional<Instant> to) {}

    /** An entry with its hash. */
    public record Kept(AuditEntry entry, byte[] previousHash, byte[] hash) {

        public String hashText() {
            return HexFormat.of().formatHex(hash);
        }
    }

    /** The first entry that is not what it was, and in what way. */
    public record Break(long position, Reason reason) {

        /** {@code MISSING}: not there; {@code CHANGED}: its hash does not fit it; {@code UNLINKED}: it follows another. */
        public enum Reason { MISSING, CHANGED, UNLINKED }
    }

    /**
     * What a check found.
     *
     * @param checked  entries looked at
     * @param upTo     position of the last one looked at
     * @param hash     of that entry; note it elsewhere, and a chain that is rewritten or cut short shows too
     * @param complete false when there are more to check
     */
    public record Check(long checked, long upTo, String hash, boolean complete, Optional<Break> broken) {}

    private final JdbcClient db;

    AuditLog(JdbcClient db) {
        this.db = db;
    }

    /** Gives entries, those that are not there yet, their places at the end of the tenant's chain; one writer of a tenant after the other. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void append(List<AuditEntry> entries) {
        var tenant = Tenancy.current().value();
        // Held until the commit: the next writer begins with our last entry, so a chain never forks.
        db.sql("select pg_advisory_xact_lock(hashtextextended('audit:' || :tenant, 0))")
                .param("tenant", tenant.toString()).query().listOfRows();
        var known = known(entries.stream().map(AuditEntry::eventId).toList());
        var last = db.sql("select position, hash from audit_entry order by position desc limit 1")
                .query((row, _) -> new Link(row.getLong(1), row.getBytes(2))).optional()
                .orElse(new Link(0, AuditEntry.BEGINNING));
        var chained = new ArrayList<Kept>();
        for (var fresh : entries) {
            if (!known.add(fresh.eventId())) continue;
            var entry = fresh.at(last.position() + 1);
            var hash = entry.hash(last.hash());
            chained.add(new Kept(entry, last.hash(), hash));
            last = new Link(entry.position(), hash);
        }
        if (!chained.isEmpty()) insert(chained);
    }

    private record Link(long position, byte[] hash) {}

    private Set<UUID> known(Collection<UUID> events) {
        return new HashSet<>(db.sql("select event_id from audit_entry where event_id = any(:events)")
                .param("events", events.toArray(UUID[]::new)).query(UUID.class).list());
    }

    private void insert(List<Kept> chained) {
        db.sql("""
                insert into audit_entry (tenant_id, position, event_id, type, version, aggregate_type, aggregate_id,
                                         occurred_at, recorded_at, actor_kind, actor_id, correlation_id, data,
                                         previous_hash, hash)
                select :tenant, * from unnest(:positions::bigint[], :events::uuid[], :types::text[], :versions::int[],
                        :aggregateTypes::text[], :aggregates::uuid[], :occurred::timestamptz[], :recorded::timestamptz[],
                        :actorKinds::text[], :actors::text[], :correlations::uuid[], :data::text[],
                        :previous::bytea[], :hashes::bytea[])
                """)
                .param("tenant", Tenancy.current().value())
                .param("positions", column(chained, kept -> kept.entry().position(), Long[]::new))
                .param("events", column(chained, kept -> kept.entry().eventId(), UUID[]::new))
                .param("types", column(chained, kept -> kept.entry().type(), String[]::new))
                .param("versions", column(chained, kept -> kept.entry().version(), Integer[]::new))
                .param("aggregateTypes", column(chained, kept -> kept.entry().aggregateType(), String[]::new))
                .param("aggregates", column(chained, kept -> kept.entry().aggregateId(), UUID[]::new))
                .param("occurred", column(chained, kept -> kept.entry().occurredAt().toString(), String[]::new))
                .param("recorded", column(chained, kept -> kept.entry().recordedAt().toString(), String[]::new))
                .param("actorKinds", column(chained, kept -> kept.entry().actorKind().name(), String[]::new))
                .param("actors", column(chained, kept -> kept.entry().actorId(), String[]::new))
                .param("correlations", column(chained, kept -> kept.entry().correlationId(), UUID[]::new))
                .param("data", column(chained, kept -> kept.entry().data(), String[]::new))
                .param("previous", column(chained, Kept::previousHash, byte[][]::new))
                .param("hashes", column(chained, Kept::hash, byte[][]::new)).update();
    }

    private static <T> T[] column(List<Kept> chained, Function<Kept, T> value, IntFunction<T[]> array) {
        return chained.stream().map(value).toArray(array);
    }

    /** Entries that fit, the newest first. */
    @Transactional(readOnly = true)
    public List<Kept> find(Filter filter, Paging paging) {
        return db.sql("""
                select * from audit_entry
                 where position < :before
                   and (:actor::text is null or actor_id = :actor) and (:type::text is null or type = :type)
                   and (:aggregateType::text is null or aggregate_type = :aggregateType)
                   and (:aggregate::uuid is null or aggregate_id = :aggregate)
                   and (:from::timestamptz is null or recorded_at >= :from)
                   and (:to::timestamptz is null or recorded_at < :to)
                 order by position desc limit :limit
                """)
                .param("before", paging.after().map(cursor -> cursor.number(0)).orElse(Long.MAX_VALUE))
                .param("actor", filter.actor().orElse(null)).param("type", filter.type().orElse(null))
                .param("aggregateType", filter.aggregateType().orElse(null))
                .param("aggregate", filter.aggregateId().orElse(null))
                .param("from", filter.from().map(AuditLog::utc).orElse(null))
                .param("to", filter.to().map(AuditLog::utc).orElse(null))
                .param("limit", paging.fetch())
                .query((row, _) -> kept(row)).list();
    }

    /** Looks at every entry after a position, which itself is trusted; 0 begins at the beginning. */
    @Transactional(readOnly = true)
    public Check check(long after) {
        var last = after == 0 ? new Link(0, AuditEntry.BEGINNING)
                : db.sql("select position, hash from audit_entry where position = :position").param("position", after)
                        .query((row, _) -> new Link(row.getLong(1), row.getBytes(2))).optional()
                        .orElse(new Link(after, AuditEntry.BEGINNING));
        long checked = 0;
        while (checked < CHECKED_AT_ONCE) {
            var page = db.sql("select * from audit_entry where position > :after order by position limit :limit")
                    .param("after", last.position()).param("limit", PAGE).query((row, _) -> kept(row)).list();
            for (var kept : page) {
                var reason = broken(kept, last);
                if (reason.isPresent()) {
                    var position = reason.get() == Break.Reason.MISSING ? last.position() + 1 : kept.entry().position();
                    return new Check(checked, last.position(), HexFormat.of().formatHex(last.hash()), true,
                            Optional.of(new Break(position, reason.get())));
                }
                checked++;
                last = new Link(kept.entry().position(), kept.hash());
            }
            if (page.size() < PAGE) return new Check(checked, last.position(), HexFormat.of().formatHex(last.hash()), true, Optional.empty());
        }
        return new Check(checked, last.position(), HexFormat.of().formatHex(last.hash()), false, Optional.empty());
    }

    private static Optional<Break.Reason> broken(Kept kept, Link last) {
        if (kept.entry().position() != last.position() + 1) return Optional.of(Break.Reason.MISSING);
        if (!Arrays.equals(kept.previousHash(), last.hash())) return Optional.of(Break.Reason.UNLINKED);
        return Arrays.equals(kept.hash(), kept.entry().hash(last.hash())) ? Optional.empty() : Optional.of(Break.Reason.CHANGED);
    }

    private static Kept kept(ResultSet row) throws SQLException {
        return new Kept(new AuditEntry(row.getObject("tenant_id", UUID.class), row.getLong("position"),
                row.getObject("event_id", UUID.class), row.getString("type"), row.getInt("version"),
                row.getString("aggregate_type"), row.getObject("aggregate_id", UUID.class), instant(row, "occurred_at"),
                instant(row, "recorded_at"), Actor.Kind.valueOf(row.getString("actor_kind")), row.getString("actor_id"),
                row.getObject("correlation_id", UUID.class), row.getString("data")),
                row.getBytes("previous_hash"), row.getBytes("hash"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
