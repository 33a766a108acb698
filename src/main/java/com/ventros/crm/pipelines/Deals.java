package com.ventros.crm.pipelines;

import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.pipelines.Deal.Because;
import com.ventros.crm.pipelines.Deal.Left;
import com.ventros.crm.pipelines.Deal.Place;
import com.ventros.crm.pipelines.Deal.Worth;
import com.ventros.crm.pipelines.Pipeline.Kind;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Keeps deals. Locks are taken in one order: deals by id, then the contact, then the one column that a card comes to.
 */
@Repository
class Deals {

    private static final String DEAL = """
            -- No join: of a row that was waited for only itself is looked at again, and it may be in another status now.
            select d.*, (select s.kind from pipeline_status s where s.id = d.status_id) as kind from deal d
            """;

    private final JdbcClient db;
    private final Outbox outbox;

    Deals(JdbcClient db, Outbox outbox) {
        this.db = db;
        this.outbox = outbox;
    }

    /** Locked until the transaction ends. */
    Optional<Deal> findForUpdate(UUID id) {
        return findForUpdate(List.of(id)).stream().findFirst();
    }

    /** In the order of their ids, and locked in it. */
    List<Deal> findForUpdate(Collection<UUID> ids) {
        return db.sql(DEAL + " where d.id = any (:ids) order by d.id for update of d")
                .param("ids", ids.toArray(UUID[]::new)).query((row, _) -> deal(row)).list();
    }

    /** All deals of these contacts, those that are over included, in the order of their ids and locked in it. */
    List<Deal> ofContactsForUpdate(Collection<ContactId> contacts) {
        return db.sql(DEAL + """
                 where d.contact_id = any (:contacts)
                   and d.whole_id in (select k.whole_id from contact k where k.id = any (:contacts))
                 order by d.id for update of d
                """)
                .param("contacts", contacts.stream().map(ContactId::value).toArray(UUID[]::new))
                .query((row, _) -> deal(row)).list();
    }

    /** All deals of these contacts and of whatever is shown as a part of them, locked in the same order. */
    List<Deal> ofWholesForUpdate(Collection<ContactId> contacts) {
        return db.sql(DEAL + """
                 where d.id in (select id from deal where whole_id = any (:contacts) union
                                select o.id from contact k join deal o on o.whole_id = k.whole_id and o.contact_id = k.id
                                 where k.id = any (:contacts))
                 order by d.id for update of d
                """)
                .param("contacts", contacts.stream().map(ContactId::value).toArray(UUID[]::new))
                .query((row, _) -> deal(row)).list();
    }

    /** Whoever puts a card into this column, or takes the column away, waits here for others who do. */
    void lockColumn(UUID status) {
        db.sql("select id from pipeline_status where id = :id for no key update").param("id", status).query().listOfRows();
    }

    /** Whether any contact is in the status; the column is locked. */
    boolean isAnyIn(UUID status) {
        return db.sql("select exists (select from deal where status_id = :status and left_at is null)")
                .param("status", status).query(Boolean.class).single();
    }

    /**
     * A rank in the column, which is locked, for a card that may already be there.
     *
     * @param after  the card above, as the person saw it
     * @param before the card below; both empty: the top
     */
    Rank rank(UUID deal, UUID status, Optional<UUID> after, Optional<UUID> before) {
        if (after.isEmpty() && before.isEmpty()) return Rank.between(Optional.empty(), first(deal, status, ""));
        var above = after.flatMap(card -> rankOf(card, deal, status));
        if (above.isPresent()) return Rank.between(above, first(deal, status, above.get().text()));
        var below = before.flatMap(card -> rankOf(card, deal, status));
        if (below.isPresent()) return Rank.between(last(deal, status, below.get().text()), below);
        throw Refusal.conflict("neighbours_gone", "Neither card is in this column any more; look again.");
    }

    private Optional<Rank> rankOf(UUID card, UUID besides, UUID status) {
        return db.sql("""
                select rank from deal where id = :card and id <> :besides and status_id = :status and left_at is null
                """).param("card", card).param("besides", besides).param("status", status)
                .query(String.class).optional().map(Rank::new);
    }

    private Optional<Rank> first(UUID besides, UUID status, String above) {
        return db.sql("""
                select rank from deal where status_id = :status and left_at is null and rank > :above and id <> :besides
                 order by rank limit 1
                """).param("status", status).param("above", above).param("besides", besides)
                .query(String.class).optional().map(Rank::new);
    }

    private Optional<Rank> last(UUID besides, UUID status, String below) {
        return db.sql("""
                select rank from deal where status_id = :status and left_at is null and rank < :below and id <> :besides
                 order by rank desc limit 1
                """).param("status", status).param("below", below).param("besides", besides)
                .query(String.class).optional().map(Rank::new);
    }

    /** Whether the contact, or whatever is a part of it, is or was in the pipeline. */
    boolean wasEverIn(ContactId contact, PipelineId pipeline) {
        return db.sql("select exists (select from deal where whole_id = :contact and pipeline_id = :pipeline)")
                .param("contact", contact.value()).param("pipeline", pipeline.value()).query(Boolean.class).single();
    }

    /** Refused when the contact is in the pipeline already. */
    void add(Deal deal, ProjectId project, Instant now) {
        var added = db.sql("""
                insert into deal (tenant_id, id, pipeline_id, contact_id, whole_id, status_id, rank, amount, currency, entered_at,
                                  status_since, version)
                values (:tenant, :id, :pipeline, :contact, (select whole_id from contact where id = :contact), :status, :rank, :amount, :currency, :enteredAt, :statusSince, 1)
                    on conflict (tenant_id, pipeline_id, contact_id) where left_at is null do nothing
                """)
                .param("tenant", Tenancy.current().value()).param("id", deal.id)
                .param("pipeline", deal.pipeline.value()).param("contact", deal.contact().value())
                .param("status", deal.place().status()).param("rank", deal.place().rank().text())
                .param("amount", deal.worth().map(Worth::amount).orElse(null))
                .param("currency", deal.worth().map(known -> known.currency().getCurrencyCode()).orElse(null))
                .param("enteredAt", utc(deal.enteredAt)).param("statusSince", utc(deal.statusSince())).update();
        if (added == 0) throw Refusal.conflict("deal_exists", "This contact is in the pipeline already.");
        stayed(deal);
        tell(deal, project, now);
    }

    /** Writes nothing when nothing happened. */
    void save(Deal deal, ProjectId project, Instant now) {
        if (!deal.changed()) return;
        db.sql("""
                update deal set contact_id = :contact, whole_id = (select whole_id from contact where id = :contact), status_id = :status, rank = :rank, amount = :amount,
                       currency = :currency, loss_reason_id = :reason, status_since = :statusSince, left_at = :leftAt,
                       left_because = :because, version = version + 1
                 where id = :id
                """)
                .param("contact", deal.contact().value()).param("status", deal.place().status())
                .param("rank", deal.place().rank().text()).param("amount", deal.worth().map(Worth::amount).orElse(null))
                .param("currency", deal.worth().map(known -> known.currency().getCurrencyCode()).orElse(null))
                .param("reason", deal.lossReason().orElse(null)).param("statusSince", utc(deal.statusSince()))
                .param("leftAt", deal.left().map(over -> utc(over.at())).orElse(null))
                .param("because", deal.left().map(over -> over.because().name()).orElse(null))
                .param("id", deal.id).update();
        stayed(deal);
        tell(deal, project, now);
    }

    /** Deals that were over before their contact turned out to be somebody else: nothing happens to them any more. */
    void moveOver(ContactId absorbed, ContactId survivor) {
        db.sql("""
                update deal d set contact_id = n.id, whole_id = n.whole_id from contact o, contact n
                 where o.id = :absorbed and n.id = :survivor and d.whole_id = o.whole_id and d.contact_id = o.id
                   and d.left_at is not null
                """)
                .param("survivor", survivor.value()).param("absorbed", absorbed.value()).update();
    }

    private void stayed(Deal deal) {
        boolean inside = deal.left().isEmpty();
        boolean elsewhere = deal.storedPlace.filter(was -> was.status().equals(deal.place().status())).isEmpty();
        if (deal.wasInside && (!inside || elsewhere)) {
            db.sql("update deal_stay set until = :until where deal_id = :deal and until is null")
                    .param("until", utc(deal.left().map(Left::at).orElse(deal.statusSince()))).param("deal", deal.id).update();
        }
        if (inside && (!deal.wasInside || elsewhere)) {
            db.sql("""
                    insert into deal_stay (tenant_id, deal_id, version, status_id, since)
                    values (:tenant, :deal, :version, :status, :since)
                    """)
                    .param("tenant", Tenancy.current().value()).param("deal", deal.id).param("version", deal.version())
                    .param("status", deal.place().status()).param("since", utc(deal.statusSince())).update();
        }
    }

    private void tell(Deal deal, ProjectId project, Instant now) {
        outbox.append(deal.takeEvents().stream().map(event -> new NewEvent(event, "deal", deal.id, deal.version(),
                Optional.of(project), now, Cause.current())).toList());
    }

    private static Deal deal(ResultSet row) throws SQLException {
        var currency = row.getString("currency");
        var leftAt = row.getObject("left_at", OffsetDateTime.class);
        return new Deal(row.getObject("id", UUID.class), new PipelineId(row.getObject("pipeline_id", UUID.class)),
                new ContactId(row.getObject("contact_id", UUID.class)),
                new Place(row.getObject("status_id", UUID.class), Kind.valueOf(row.getString("kind")),
                        new Rank(row.getString("rank"))),
                currency == null ? Optional.empty() : Optional.of(new Worth(row.getLong("amount"), Currency.getInstance(currency))),
                Optional.ofNullable(row.getObject("loss_reason_id", UUID.class)),
                row.getObject("entered_at", OffsetDateTime.class).toInstant(),
                row.getObject("status_since", OffsetDateTime.class).toInstant(),
                leftAt == null ? Optional.empty()
                        : Optional.of(new Left(leftAt.toInstant(), Because.valueOf(row.getString("left_because")))),
                row.getLong("version"));
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
