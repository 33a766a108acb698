package com.ventros.crm.tracking;

import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.tenancy.Tenancy;
import com.ventros.crm.tracking.TrackingLink.Wording;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps tracking links. */
@Repository
class TrackingLinks {

    private final JdbcClient db;
    private final Outbox outbox;

    TrackingLinks(JdbcClient db, Outbox outbox) {
        this.db = db;
        this.outbox = outbox;
    }

    /** Locked until the transaction ends. */
    Optional<TrackingLink> findForUpdate(TrackingLinkId id) {
        return db.sql("select * from tracking_link where id = :id for update").param("id", id.value())
                .query((row, _) -> new TrackingLink(id, new ProjectId(row.getObject("project_id", UUID.class)), code(row),
                        new Wording(row.getString("name"), new ChannelId(row.getObject("channel_id", UUID.class)), row.getString("text"), utm(row)),
                        Optional.ofNullable(row.getObject("archived_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(), row.getLong("version"))).optional();
    }

    int count(ProjectId project) {
        return db.sql("select count(*) from tracking_link where project_id = :project").param("project", project.value())
                .query(Integer.class).single();
    }

    /** Whether anybody opened the link, which is locked, or came by it. */
    boolean isUsed(TrackingLinkId id) {
        return db.sql("""
                select exists (select from tracking_click where link_id = :id) or exists (select from tracking_touch where link_id = :id)
                """).param("id", id.value()).query(Boolean.class).single();
    }

    /** False when another link, of whomever, has the code. */
    boolean add(TrackingLink link) {
        var utm = link.wording().utm();
        var added = db.sql("""
                insert into tracking_link (tenant_id, id, project_id, code, name, channel_id, text, utm_source, utm_medium, utm_campaign,
                                           utm_term, utm_content, created_at, version)
                values (:tenant, :id, :project, :code, :name, :channel, :text, :source, :medium, :campaign, :term, :content, :createdAt, 1)
                    on conflict (code) do nothing
                """)
                .param("tenant", Tenancy.current().value()).param("id", link.id.value()).param("project", link.project.value())
                .param("code", link.code.value()).param("name", link.wording().name()).param("channel", link.wording().channel().value())
                .param("text", link.wording().text()).param("source", utm.source()).param("medium", utm.medium().orElse(null))
                .param("campaign", utm.campaign().orElse(null)).param("term", utm.term().orElse(null))
                .param("content", utm.content().orElse(null)).param("createdAt", link.createdAt.atOffset(ZoneOffset.UTC)).update();
        if (added == 1) tell(link, link.createdAt);
        return added == 1;
    }

    void save(TrackingLink link, Instant now) {
        var utm = link.wording().utm();
        db.sql("""
                update tracking_link set name = :name, channel_id = :channel, text = :text, utm_source = :source, utm_medium = :medium,
                       utm_campaign = :campaign, utm_term = :term, utm_content = :content, archived_at = :archivedAt, version = version + 1
                 where id = :id
                """)
                .param("name", link.wording().name()).param("channel", link.wording().channel().value())
                .param("text", link.wording().text()).param("source", utm.source()).param("medium", utm.medium().orElse(null))
                .param("campaign", utm.campaign().orElse(null)).param("term", utm.term().orElse(null))
                .param("content", utm.content().orElse(null))
                .param("archivedAt", link.archivedAt().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
                .param("id", link.id.value()).update();
        tell(link, now);
    }

    void delete(TrackingLink link, Instant now) {
        db.sql("delete from tracking_link where id = :id").param("id", link.id.value()).update();
        tell(link, now);
    }

    static LinkCode code(ResultSet row) throws SQLException {
        return new LinkCode(row.getLong("code"));
    }

    static Utm utm(ResultSet row) throws SQLException {
        return new Utm(row.getString("utm_source"), Optional.ofNullable(row.getString("utm_medium")),
                Optional.ofNullable(row.getString("utm_campaign")), Optional.ofNullable(row.getString("utm_term")),
                Optional.ofNullable(row.getString("utm_content")));
    }

    private void tell(TrackingLink link, Instant now) {
        outbox.append(link.takeEvents().stream().map(event -> new NewEvent(event, "tracking_link", link.id.value(),
                link.storedVersion + 1, Optional.of(link.project), now, Cause.current())).toList());
    }
}
