package com.ventros.crm.pipelines;

import com.ventros.crm.contacts.ContactView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Deals as a screen shows them. */
@Component
@Transactional(readOnly = true)
public class DealView {

    /** {@code amount} is in the currency's smallest parts. */
    public record Worth(long amount, String currency) {}

    /** {@code rank} sorts the cards of a column by its characters; {@code leftAt} is null while the contact is in the pipeline. */
    public record Shown(UUID id, UUID contactId, Optional<String> contactName, UUID pipelineId, UUID statusId, String kind,
            String rank, Optional<Worth> value, Optional<UUID> lossReasonId, Instant enteredAt, Instant statusSince,
            Optional<Instant> leftAt, Optional<String> leftBecause, long version) {}

    /** A time in one status; {@code until} is null for the one it is in, whose seconds are those up to now. */
    public record Stay(long version, UUID statusId, Instant since, Optional<Instant> until, long seconds) {}

    private static final String DEAL = """
            select d.*, s.kind, c.name as contact_name
              from deal d join pipeline_status s on s.id = d.status_id join contact c on c.id = d.whole_id
            """;

    private final JdbcClient db;

    DealView(JdbcClient db) {
        this.db = db;
    }

    public Optional<Shown> find(UUID id) {
        return db.sql(DEAL + " where d.id = :id").param("id", id).query((row, _) -> shown(row)).optional();
    }

    /** All of a contact, the newest first, those that are over included. */
    public List<Shown> ofContact(UUID contact, int limit, Optional<UUID> after) {
        return db.sql(DEAL + " where d.whole_id = " + ContactView.SHOWN + """
                   and (:after::uuid is null or d.id < :after::uuid) order by d.id desc limit :limit
                """).param("contact", contact).param("after", after.orElse(null)).param("limit", limit)
                .query((row, _) -> shown(row)).list();
    }

    /** Where a deal has been, the oldest stay first. */
    public List<Stay> stays(UUID deal, int limit, Optional<Long> after) {
        return db.sql("""
                select status_id, since, until, version,
                       floor(extract(epoch from coalesce(until, greatest(now(), since)) - since))::bigint as seconds
                  from deal_stay where deal_id = :deal and version > :after order by version limit :limit
                """).param("deal", deal).param("after", after.orElse(0L)).param("limit", limit)
                .query((row, _) -> new Stay(row.getLong("version"), row.getObject("status_id", UUID.class), instant(row, "since").orElseThrow(),
                        instant(row, "until"), row.getLong("seconds"))).list();
    }

    private static Shown shown(ResultSet row) throws SQLException {
        var currency = row.getString("currency");
        return new Shown(row.getObject("id", UUID.class), row.getObject("whole_id", UUID.class),
                Optional.ofNullable(row.getString("contact_name")), row.getObject("pipeline_id", UUID.class),
                row.getObject("status_id", UUID.class), row.getString("kind").toLowerCase(Locale.ROOT), row.getString("rank"),
                currency == null ? Optional.empty() : Optional.of(new Worth(row.getLong("amount"), currency)),
                Optional.ofNullable(row.getObject("loss_reason_id", UUID.class)), instant(row, "entered_at").orElseThrow(),
                instant(row, "status_since").orElseThrow(), instant(row, "left_at"),
                Optional.ofNullable(row.getString("left_because")).map(because -> because.toLowerCase(Locale.ROOT)),
                row.getLong("version"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
