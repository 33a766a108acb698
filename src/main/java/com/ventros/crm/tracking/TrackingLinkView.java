package com.ventros.crm.tracking;

import com.ventros.crm.http.Paging;
import com.ventros.crm.kernel.PhoneNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tracking links as a screen shows them. */
@Component
@Transactional(readOnly = true)
public class TrackingLinkView {

    /**
     * A tracking link.
     *
     * @param path        its short address on this server
     * @param whatsAppUrl where that leads; empty until the channel is paired with a number
     * @param clicks      how often it was opened
     */
    public record Shown(UUID id, UUID projectId, String name, UUID channelId, String text, Utm utm, String path, Optional<String> whatsAppUrl,
            long clicks, boolean archived, Instant createdAt, long version) {}

    /** The clicks of a link are its few rows along their key. */
    private static final String LINK = """
            select l.*, c.phone, (select coalesce(sum(k.clicks), 0) from tracking_click k where k.link_id = l.id) as clicks
              from tracking_link l join channel c on c.id = l.channel_id
            """;

    private final JdbcClient db;

    TrackingLinkView(JdbcClient db) {
        this.db = db;
    }

    /** The newest first (along {@code tracking_link_by_age}), archived or not. */
    public List<Shown> list(boolean archived, Paging paging) {
        var params = new HashMap<String, Object>();
        var where = " where l.archived_at is " + (archived ? "not null" : "null");
        if (paging.after().isPresent()) {
            where += " and (l.created_at, l.id) < (:afterTime::timestamptz, :afterId)";
            params.put("afterTime", paging.after().get().instant(0).toString());
            params.put("afterId", paging.after().get().uuid(1));
        }
        return db.sql(LINK + where + " order by l.created_at desc, l.id desc limit :limit").params(params)
                .param("limit", paging.fetch()).query((row, _) -> shown(row)).list();
    }

    public Optional<Shown> find(TrackingLinkId id) {
        return db.sql(LINK + " where l.id = :id").param("id", id.value()).query((row, _) -> shown(row)).optional();
    }

    private static Shown shown(ResultSet row) throws SQLException {
        var code = TrackingLinks.code(row);
        var text = row.getString("text");
        return new Shown(row.getObject("id", UUID.class), row.getObject("project_id", UUID.class), row.getString("name"),
                row.getObject("channel_id", UUID.class), text, TrackingLinks.utm(row), "/t/" + code.text(),
                Optional.ofNullable(row.getString("phone")).map(phone -> TrackingLink.target(new PhoneNumber(phone), text, code)),
                row.getLong("clicks"), row.getObject("archived_at") != null,
                row.getObject("created_at", OffsetDateTime.class).toInstant(), row.getLong("version"));
    }
}
