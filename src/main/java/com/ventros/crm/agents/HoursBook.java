package com.ventros.crm.agents;

import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.Codes;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Keeps business hours. */
@Repository
class HoursBook {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient db;
    private final Outbox outbox;

    HoursBook(JdbcClient db, Outbox outbox) {
        this.db = db;
        this.outbox = outbox;
    }

    /** Locked until the transaction ends. */
    Optional<BusinessHours> findForUpdate(HoursId id) {
        return db.sql("select * from business_hours where id = :id for update").param("id", id.value())
                .query((row, _) -> hours(row)).optional();
    }

    /** By name. */
    List<BusinessHours> all() {
        return db.sql("select * from business_hours order by name, id").query((row, _) -> hours(row)).list();
    }

    Optional<BusinessHours> find(HoursId id) {
        return db.sql("select * from business_hours where id = :id").param("id", id.value())
                .query((row, _) -> hours(row)).optional();
    }

    /** The times behind these ids. */
    Map<HoursId, WorkingTimes> times(Collection<HoursId> ids) {
        var times = new HashMap<HoursId, WorkingTimes>();
        if (ids.isEmpty()) return times;
        db.sql("select * from business_hours where id = any (:ids)")
                .param("ids", ids.stream().map(HoursId::value).toArray(UUID[]::new))
                .query((row, _) -> hours(row)).list().forEach(hours -> times.put(hours.id, hours.times()));
        return times;
    }

    int count() {
        return db.sql("select count(*) from business_hours").query(Integer.class).single();
    }

    void add(BusinessHours hours) {
        db.sql("""
                insert into business_hours (tenant_id, id, name, time_zone, week, holidays, created_at, version)
                values (:tenant, :id, :name, :zone, :week::jsonb, :holidays::jsonb, :createdAt, 1)
                """)
                .param("tenant", Tenancy.current().value()).param("id", hours.id.value()).param("name", hours.name())
                .param("zone", hours.times().zone().getId())
                .param("week", JSON.writeValueAsString(BusinessHours.week(hours.times())))
                .param("holidays", JSON.writeValueAsString(BusinessHours.holidays(hours.times())))
                .param("createdAt", hours.createdAt.atOffset(ZoneOffset.UTC)).update();
        tell(hours, 1, hours.createdAt);
    }

    void save(BusinessHours hours, Instant now) {
        if (!hours.changed()) return;
        db.sql("""
                update business_hours set name = :name, time_zone = :zone, week = :week::jsonb,
                       holidays = :holidays::jsonb, version = version + 1
                 where id = :id
                """)
                .param("name", hours.name()).param("zone", hours.times().zone().getId())
                .param("week", JSON.writeValueAsString(BusinessHours.week(hours.times())))
                .param("holidays", JSON.writeValueAsString(BusinessHours.holidays(hours.times())))
                .param("id", hours.id.value()).update();
        tell(hours, hours.storedVersion + 1, now);
    }

    /** Refused while somebody works at them. */
    void delete(BusinessHours hours, Instant now) {
        var deleted = db.sql("""
                delete from business_hours h where h.id = :id
                   and not exists (select from agent a where a.hours_id = h.id)
                   and not exists (select from team t where t.hours_id = h.id)
                """).param("id", hours.id.value()).update();
        if (deleted == 0) throw Refusal.conflict("hours_in_use", "An agent or a team works at these hours.");
        tell(hours, hours.storedVersion + 1, now);
    }

    private void tell(BusinessHours hours, long version, Instant now) {
        outbox.append(hours.takeEvents().stream().map(event -> new NewEvent(event, "business_hours", hours.id.value(),
                version, Optional.empty(), now, Cause.current())).toList());
    }

    private static BusinessHours hours(ResultSet row) throws SQLException {
        var week = JSON.readValue(row.getString("week"), new TypeReference<List<HoursEvent.Open>>() {});
        var holidays = JSON.readValue(row.getString("holidays"), new TypeReference<List<HoursEvent.Holiday>>() {});
        return new BusinessHours(new HoursId(row.getObject("id", UUID.class)), row.getString("name"),
                times(row.getString("time_zone"), week, holidays),
                row.getObject("created_at", OffsetDateTime.class).toInstant(), row.getLong("version"));
    }

    /** The times that these words mean; refused when they mean none. */
    static WorkingTimes times(String zone, List<HoursEvent.Open> week, List<HoursEvent.Holiday> holidays) {
        return new WorkingTimes(zone(zone),
                week.stream().map(open -> new WorkingTimes.Day(Codes.read("week", open.day(), DayOfWeek.values()),
                        WorkingTimes.Span.typed("week", open.from(), open.to()))).toList(),
                holidays.stream().map(holiday -> new WorkingTimes.Holiday(date(holiday.date()), Typed.name(holiday.name()),
                        (holiday.open() == null ? List.<HoursEvent.Between>of() : holiday.open()).stream()
                                .map(span -> WorkingTimes.Span.typed("holidays", span.from(), span.to())).toList())).toList());
    }

    private static ZoneId zone(String name) {
        if (name == null || !ZoneId.getAvailableZoneIds().contains(name)) {
            throw Refusal.invalid("timeZone", "unknown", "A time zone is written like America/Sao_Paulo.");
        }
        return ZoneId.of(name);
    }

    private static LocalDate date(String text) {
        try {
            var date = LocalDate.parse(text == null ? "" : text);
            if (date.getYear() >= 2000 && date.getYear() <= 2100) return date;
        } catch (java.time.DateTimeException noDate) {
            // refused as any other text that is no date
        }
        throw Refusal.invalid("holidays", "invalid", "A date is written 2026-12-25.");
    }
}
