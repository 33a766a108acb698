package com.ventros.crm.tracking;

import com.ventros.crm.contacts.RecogniseContacts;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.http.Paging;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.kernel.Text;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import com.ventros.crm.tracking.ConversionEvent.ConversionRecorded;
import com.ventros.crm.tracking.ConversionEvent.ConversionRetried;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Keeps what advertisements led to, and how far each is on its way to Meta. */
@Repository
public class Conversions {

    /** What a conversion is. */
    public enum Subject { DEAL, SESSION }

    /** What an event tells; {@code cause} is that event. */
    public record Told(ProjectId project, UUID contact, Subject subject, UUID subjectId, Instant at, Optional<Long> amount, Optional<String> currency,
            Cause cause) {

        /** The same for the same deal or session, whatever becomes of it later. */
        UUID id() {
            return Uuids.v5(subjectId, "conversion");
        }
    }

    /** A contact that another turned out to be; {@code cause} is the event that tells it. */
    public record Whole(ProjectId project, UUID contact, Cause cause) {}

    /**
     * A conversion as a screen shows it.
     *
     * @param kind  {@code deal} or {@code session}
     * @param state {@code pending}, {@code sent} or {@code failed}
     */
    public record Shown(UUID id, UUID projectId, UUID contactId, String kind, UUID subjectId, Instant at, Optional<Long> amount, Optional<String> currency,
            String state, int attempts, Optional<String> lastError, Optional<Instant> sentAt) {}

    /** A conversion in hand. */
    record Claimed(TenantId tenant, UUID id, UUID project, String clickId, Instant at, Optional<Long> amount, Optional<String> currency, String dataset,
            String businessAccount, byte[] token, int attempt) {}

    private record Row(UUID id, UUID contactId, String subject, UUID subjectId, Instant at, Long amount, String currency) {}

    /** What a try came to. */
    sealed interface Outcome {
        /** Meta has it. */
        record Taken() implements Outcome {}

        /** Worth another try, later. */
        record Later(String reason) implements Outcome {}

        /** No use in trying again. */
        record Never(String reason) implements Outcome {}
    }

    /** Meta refuses what is older. */
    static final Duration OLDEST = Duration.ofDays(7);
    static final String TOO_OLD = "Meta takes nothing that is older than seven days.";
    /** Five days and fifteen hours in all: Meta takes nothing that is older than seven days. */
    static final List<Duration> SCHEDULE = List.of(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(30), Duration.ofHours(2),
            Duration.ofHours(12), Duration.ofHours(24), Duration.ofHours(48), Duration.ofHours(48));
    /** Longer than a try may take: whoever holds it then is gone, and it is tried again under the same id. */
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final int LONGEST_ERROR = 500;
    private static final JsonMapper JSON = JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

    private final JdbcClient db;
    private final JdbcClient system;
    private final RecogniseContacts recogniseContacts;
    private final Outbox outbox;

    Conversions(JdbcClient db, @Qualifier("system") JdbcClient system, RecogniseContacts recogniseContacts, Outbox outbox) {
        this.db = db;
        this.system = system;
        this.recogniseContacts = recogniseContacts;
        this.outbox = outbox;
    }

    /**
     * Keeps those of contacts who came by an advertisement with a click id before, where Meta is to hear of it; each once. One of a
     * contact of whom no such touch is known waits for it, since events of two kinds come in any order.
     */
    @Transactional
    public void add(List<Told> told) {
        recogniseContacts.lock(new LinkedHashSet<>(told.stream().map(Told::project).toList()));
        var first = told.stream().sorted(Comparator.comparing(Told::at))
                .collect(Collectors.toMap(Told::id, Function.identity(), (earlier, _) -> earlier, LinkedHashMap::new));
        var added = db.sql("""
                with added as (
                insert into tracking_conversion (tenant_id, id, project_id, contact_id, whole_id, subject, subject_id, click_id, at, amount, currency,
                                                 state, next_attempt_at)
                select c.tenant_id, g.id, c.project_id, c.id, c.whole_id, g.subject, g.subject_id, t.click_id, g.at, g.amount, g.currency,
                       case when t.click_id is null then 'WAITING' else 'PENDING' end,
                       case when t.click_id is null then g.at + make_interval(secs => :oldest) else now() end
                  from jsonb_to_recordset(:rows::jsonb) g (id uuid, contact_id uuid, subject text, subject_id uuid, at timestamptz, amount bigint,
                                                           currency text)
                  left join contact_merge m on m.absorbed_id = g.contact_id
                  join contact c on c.id = case when m.survivor_id is null then g.contact_id else m.survivor_id end
                  join conversion_settings s on s.project_id = c.project_id and s.enabled_at <= g.at
                  left join lateral (select e.click_id from tracking_touch e where e.whole_id = c.whole_id and e.at <= g.at and e.click_id is not null
                                      order by e.at desc, e.id desc limit 1) t on true
                 where t.click_id is not null or g.at > now() - make_interval(secs => :oldest)
                 order by g.id
                    on conflict do nothing returning id, state)
                select id from added where state = 'PENDING'
                """)
                .param("oldest", OLDEST.toSeconds())
                .param("rows", JSON.writeValueAsString(first.values().stream().map(one -> new Row(one.id(), one.contact(), one.subject().name(),
                        one.subjectId(), one.at(), one.amount().orElse(null), one.currency().orElse(null))).toList()))
                .query(UUID.class).list();
        tell(added.stream().map(first::get).toList());
    }

    /**
     * What these touches led to, and waited for them, is to be told now. Whoever asks holds the projects' locks, as {@link #add} does.
     *
     * @param touches by their ids, with what told of them
     */
    void found(Map<UUID, Cause> touches) {
        tell(db.sql("""
                with led as (
                    select distinct on (c.id) c.id, e.id as touch, e.click_id from tracking_touch e
                      join tracking_conversion c on c.whole_id = e.whole_id and c.state = 'WAITING' and c.at >= e.at
                     where e.id = any (:touches) and e.click_id is not null order by c.id, e.at desc, e.id desc)
                update tracking_conversion c set click_id = led.click_id, state = 'PENDING', next_attempt_at = now()
                  from led where c.id = led.id and c.state = 'WAITING'
                returning c.*, led.touch
                """)
                .param("touches", touches.keySet().toArray(UUID[]::new))
                .query((row, _) -> new Told(new ProjectId(row.getObject("project_id", UUID.class)), row.getObject("contact_id", UUID.class),
                        Subject.valueOf(row.getString("subject")), row.getObject("subject_id", UUID.class),
                        row.getObject("at", OffsetDateTime.class).toInstant(), Optional.ofNullable(row.getObject("amount", Long.class)),
                        Optional.ofNullable(row.getString("currency")), touches.get(row.getObject("touch", UUID.class)))).list());
    }

    /** Contacts turned out to be one: what waited for a touch that another of them had is to be told now. */
    @Transactional
    public void merged(List<Whole> wholes) {
        recogniseContacts.lock(new LinkedHashSet<>(wholes.stream().map(Whole::project).toList()));
        var causes = wholes.stream().collect(Collectors.toMap(Whole::contact, Whole::cause, (first, _) -> first));
        var touches = new HashMap<UUID, Cause>();
        db.sql("""
                select e.id, o.id as contact from contact o
                  join tracking_conversion c on c.whole_id = o.whole_id and c.state = 'WAITING'
                  join tracking_touch e on e.whole_id = o.whole_id
                 where o.id = any (:contacts)
                """)
                .param("contacts", causes.keySet().toArray(UUID[]::new))
                .query((ResultSet row) -> {
                    touches.put(row.getObject("id", UUID.class), causes.get(row.getObject("contact", UUID.class)));
                });
        if (!touches.isEmpty()) found(touches);
    }

    private void tell(List<Told> recorded) {
        if (recorded.isEmpty()) return;
        outbox.append(recorded.stream().map(one -> new NewEvent(new ConversionRecorded(one.contact(), one.id(),
                one.subject().name().toLowerCase(Locale.ROOT), one.subjectId(), one.amount(), one.currency(), one.at()), "conversion", one.id(), 1,
                Optional.of(one.project()), one.at(), one.cause())).toList());
    }

    /** Across tenants: takes those that are due for whoever asks; nobody else gets them for a while. Forgets those that waited in vain. */
    List<Claimed> claim(int limit) {
        return system.sql("""
                with due as (
                    select c.tenant_id, c.id from tracking_conversion c
                      join conversion_settings s on s.tenant_id = c.tenant_id and s.project_id = c.project_id and s.enabled
                     where c.state = 'PENDING' and c.next_attempt_at <= now()
                     order by c.next_attempt_at limit :limit for update of c skip locked),
                vain as (delete from tracking_conversion where state = 'WAITING' and next_attempt_at <= now())
                update tracking_conversion c set attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => :lease)
                  from due, conversion_settings s
                 where c.tenant_id = due.tenant_id and c.id = due.id and s.tenant_id = c.tenant_id and s.project_id = c.project_id and s.enabled
                returning c.*, s.dataset_id, s.business_account_id, s.access_token
                """)
                .param("lease", LEASE.toSeconds()).param("limit", limit)
                .query((row, _) -> new Claimed(new TenantId(row.getObject("tenant_id", UUID.class)), row.getObject("id", UUID.class),
                        row.getObject("project_id", UUID.class), row.getString("click_id"), row.getObject("at", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getObject("amount", Long.class)), Optional.ofNullable(row.getString("currency")),
                        row.getString("dataset_id"), row.getString("business_account_id"), row.getBytes("access_token"), row.getInt("attempts"))).list();
    }

    /** Writes the try down, and when the next one is due; nothing where the lease ran out and somebody else tells, or the person was erased. */
    @Transactional
    void record(Claimed claimed, Outcome outcome, Instant now) {
        boolean last = claimed.attempt() > SCHEDULE.size();
        var state = switch (outcome) {
            case Outcome.Taken _ -> "SENT";
            case Outcome.Later _ when !last -> "PENDING";
            case Outcome.Later _, Outcome.Never _ -> "FAILED";
        };
        var error = switch (outcome) {
            case Outcome.Taken _ -> null;
            case Outcome.Later(var why) -> Text.cut(Text.storable(why), LONGEST_ERROR);
            case Outcome.Never(var why) -> Text.cut(Text.storable(why), LONGEST_ERROR);
        };
        db.sql("""
                update tracking_conversion set state = :state, last_error = :error, sent_at = :sent, next_attempt_at = :next
                 where id = :id and state = 'PENDING' and attempts = :attempt
                """)
                .param("state", state).param("error", error).param("sent", state.equals("SENT") ? now.atOffset(ZoneOffset.UTC) : null)
                .param("next", now.plus(last ? Duration.ZERO : SCHEDULE.get(claimed.attempt() - 1)).atOffset(ZoneOffset.UTC))
                .param("id", claimed.id()).param("attempt", claimed.attempt()).update();
    }

    /** One that was given up is due again, under the same id: what was wrong may have been mended. */
    @Transactional
    public Shown retry(UUID id) {
        var found = db.sql("select * from tracking_conversion where id = :id and state <> 'WAITING' for update").param("id", id)
                .query((row, _) -> shown(row)).optional().orElseThrow(() -> Refusal.notFound("conversion"));
        if (!found.state().equals("failed")) {
            throw Refusal.conflict("conversion_not_failed", "Only a conversion that was given up is sent again.");
        }
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        if (found.at().isBefore(now.minus(OLDEST))) throw Refusal.conflict("conversion_too_old", TOO_OLD);
        var due = db.sql("update tracking_conversion set state = 'PENDING', next_attempt_at = now() where id = :id returning *").param("id", id)
                .query((row, _) -> shown(row)).single();
        // Each time one is given up it was tried once more.
        outbox.append(List.of(new NewEvent(new ConversionRetried(id), "conversion", id, 1 + found.attempts(),
                Optional.of(new ProjectId(found.projectId())), now, Cause.current())));
        return due;
    }

    /** The newest first, along {@code tracking_conversion_by_time}. */
    @Transactional(readOnly = true)
    public List<Shown> list(Paging paging) {
        var params = new HashMap<String, Object>();
        var where = "";
        if (paging.after().isPresent()) {
            where = " and (at, id) < (:afterTime::timestamptz, :afterId)";
            params.put("afterTime", paging.after().get().instant(0).toString());
            params.put("afterId", paging.after().get().uuid(1));
        }
        return db.sql("select * from tracking_conversion where state <> 'WAITING'" + where + " order by at desc, id desc limit :limit").params(params)
                .param("limit", paging.fetch()).query((row, _) -> shown(row)).list();
    }

    private static Shown shown(ResultSet row) throws SQLException {
        return new Shown(row.getObject("id", UUID.class), row.getObject("project_id", UUID.class), row.getObject("contact_id", UUID.class),
                row.getString("subject").toLowerCase(Locale.ROOT), row.getObject("subject_id", UUID.class), row.getObject("at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("amount", Long.class)), Optional.ofNullable(row.getString("currency")),
                row.getString("state").toLowerCase(Locale.ROOT), row.getInt("attempts"), Optional.ofNullable(row.getString("last_error")),
                Optional.ofNullable(row.getObject("sent_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant));
    }
}
