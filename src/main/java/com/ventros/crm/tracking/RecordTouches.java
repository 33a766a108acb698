package com.ventros.crm.tracking;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.ventros.crm.contacts.RecogniseContacts;
import com.ventros.crm.conversations.AdClick;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Text;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import com.ventros.crm.tracking.TouchEvent.LinkFollowed;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps by which ways contacts came. A touch has the id that its message gives it, so one that is told again is there
 * already; which is a contact's first and which the last follows from their times, whatever the order in which they are told.
 */
@Component
public class RecordTouches {

    /** What a message tells; {@code cause} is its event. */
    public record Told(ProjectId project, UUID contact, UUID message, UUID channel, Instant at, Way way, Cause cause) {}

    /** How somebody came. */
    public sealed interface Way {
        /** By the link with this code; nothing comes of a code that no link has. */
        record Link(long code) implements Way {}

        record Ad(AdClick click) implements Way {}
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Row(UUID id, UUID contactId, UUID messageId, UUID channelId, Instant at, String kind, Long code, Boolean paid, String adId,
            String adTitle, String adUrl, String app, String clickId) {}

    private record Followed(UUID touch, UUID project, UUID link) {}

    /** As long as the columns. */
    private static final int LONGEST_TITLE = 500;
    private static final int LONGEST_URL = 2_000;
    private static final int LONGEST_ID = 200;
    private static final int LONGEST_APP = 100;
    private static final int LONGEST_CLICK_ID = 1_000;

    private static final JsonMapper JSON = JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

    private final JdbcClient db;
    private final RecogniseContacts recogniseContacts;
    private final Conversions conversions;
    private final Outbox outbox;

    RecordTouches(JdbcClient db, RecogniseContacts recogniseContacts, Conversions conversions, Outbox outbox) {
        this.db = db;
        this.recogniseContacts = recogniseContacts;
        this.conversions = conversions;
        this.outbox = outbox;
    }

    @Transactional
    public void handle(Collection<Told> told) {
        // Whoever a contact turns out to be meanwhile would take along the touches that are there, and not those that come.
        recogniseContacts.lock(new LinkedHashSet<>(told.stream().map(Told::project).toList()));
        var touches = told.stream().collect(Collectors.toMap(one -> row(one).id(), Function.identity(), (first, _) -> first));
        var followed = add(touches.values().stream().map(RecordTouches::row).toList());
        if (!followed.isEmpty()) tell(followed, touches);
        var clicked = touches.entrySet().stream()
                .filter(touch -> touch.getValue().way() instanceof Way.Ad(var click) && click.clickId().isPresent())
                .collect(Collectors.toMap(Map.Entry::getKey, touch -> touch.getValue().cause()));
        if (!clicked.isEmpty()) conversions.found(clicked);
    }

    /** The touches by links that were not there. An event may name somebody who is somebody else since; one who is gone has none. */
    private List<Followed> add(List<Row> rows) {
        return db.sql("""
                with added as (
                    insert into tracking_touch (tenant_id, id, project_id, contact_id, whole_id, message_id, channel_id, at, kind, link_id,
                                                paid, ad_id, ad_title, ad_url, app, click_id)
                    select :tenant, t.id, c.project_id, c.id, c.whole_id, t.message_id, t.channel_id, t.at, t.kind, l.id,
                           t.paid, t.ad_id, t.ad_title, t.ad_url, t.app, t.click_id
                      from jsonb_to_recordset(:rows::jsonb) t (id uuid, contact_id uuid, message_id uuid, channel_id uuid, at timestamptz,
                               kind text, code bigint, paid boolean, ad_id text, ad_title text, ad_url text, app text, click_id text)
                      left join contact_merge m on m.absorbed_id = t.contact_id
                      join contact c on c.id = case when m.survivor_id is null then t.contact_id else m.survivor_id end
                      left join tracking_link l on l.code = t.code
                     where t.kind = 'AD' or l.id is not null
                     order by t.id
                        on conflict do nothing returning id, project_id, link_id)
                select id, project_id, link_id from added where link_id is not null
                """)
                .param("tenant", Tenancy.current().value()).param("rows", JSON.writeValueAsString(rows))
                .query((row, _) -> new Followed(row.getObject("id", UUID.class), row.getObject("project_id", UUID.class),
                        row.getObject("link_id", UUID.class))).list();
    }

    private void tell(List<Followed> followed, Map<UUID, Told> touches) {
        record Link(UUID id, String name, Utm utm) {}
        var links = db.sql("select * from tracking_link where id = any (:ids)")
                .param("ids", followed.stream().map(Followed::link).distinct().toArray(UUID[]::new))
                .query((row, _) -> new Link(row.getObject("id", UUID.class), row.getString("name"), TrackingLinks.utm(row))).list().stream()
                .collect(Collectors.toMap(Link::id, Function.identity()));
        outbox.append(followed.stream().map(one -> {
            var told = touches.get(one.touch());
            var link = links.get(one.link());
            return new NewEvent(new LinkFollowed(told.contact(), told.message(), told.channel(), link.id(), link.name(), link.utm(), told.at()),
                    "touch", one.touch(), 1, Optional.of(new ProjectId(one.project())), told.at(), told.cause());
        }).toList());
    }

    private static Row row(Told told) {
        return switch (told.way()) {
            case Way.Link(var code) -> new Row(Uuids.v5(told.message(), "link"), told.contact(), told.message(), told.channel(), told.at(),
                    "LINK", code, null, null, null, null, null, null);
            case Way.Ad(var ad) -> new Row(Uuids.v5(told.message(), "ad"), told.contact(), told.message(), told.channel(), told.at(), "AD",
                    null, ad.paid(), whole(ad.sourceId(), LONGEST_ID), cut(ad.title(), LONGEST_TITLE), whole(ad.sourceUrl(), LONGEST_URL),
                    cut(ad.app(), LONGEST_APP), whole(ad.clickId(), LONGEST_CLICK_ID));
        };
    }

    private static String cut(Optional<String> text, int longest) {
        return text.filter(some -> !some.isEmpty()).map(some -> Text.cut(some, longest)).orElse(null);
    }

    /** A part of an id or an address names nothing, or something else. */
    private static String whole(Optional<String> text, int longest) {
        return text.filter(some -> !some.isEmpty() && some.codePointCount(0, some.length()) <= longest).orElse(null);
    }
}
