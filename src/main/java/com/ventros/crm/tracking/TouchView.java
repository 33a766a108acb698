package com.ventros.crm.tracking;

import com.ventros.crm.http.Paging;
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

/** By which ways a contact came, as a screen shows it. */
@Component
@Transactional(readOnly = true)
public class TouchView {

    /**
     * A way by which a contact came.
     *
     * @param kind      {@code link} or {@code ad}
     * @param first     whether it is the contact's first
     * @param last      whether it is the last
     * @param contactId of the contact, or of the part of it that came
     * @param utm       of a link, as they are now; of an advertisement its app and whether it was paid for
     */
    public record Shown(UUID id, String kind, Instant at, boolean first, boolean last, UUID contactId, UUID messageId, UUID channelId,
            Optional<UUID> sessionId, Utm utm, Optional<Link> link, Optional<Ad> ad) {}

    public record Link(UUID id, String name) {}

    /** {@code clickId} is Meta's, which some engines never tell. */
    public record Ad(boolean paid, Optional<String> id, Optional<String> title, Optional<String> url, Optional<String> clickId) {}

    /** Of the touch {@code t} and its link {@code l}: an advertisement is put into the words of links. */
    static final String SOURCE = "coalesce(l.utm_source, lower(t.app), 'meta')";
    static final String MEDIUM = "coalesce(l.utm_medium, case t.paid when true then 'cpc' when false then 'social' end)";

    private final JdbcClient db;

    TouchView(JdbcClient db) {
        this.db = db;
    }

    /** The newest first, along {@code tracking_touch_of}; the session is that of the message today, by the message's key. */
    public List<Shown> of(UUID contact, Paging paging) {
        var params = new HashMap<String, Object>();
        var after = "";
        if (paging.after().isPresent()) {
            after = " and (t.at, t.id) < (:afterTime::timestamptz, :afterId)";
            params.put("afterTime", paging.after().get().instant(0).toString());
            params.put("afterId", paging.after().get().uuid(1));
        }
        return db.sql("""
                select t.*, l.name as link_name, l.utm_campaign, l.utm_term, l.utm_content, %s as utm_source, %s as utm_medium,
                       (select m.session_id from message m where m.id = t.message_id and m.sent_at = t.at) as session_id,
                       t.id = (select e.id from tracking_touch e where e.whole_id = t.whole_id order by e.at, e.id limit 1) as first,
                       t.id = (select e.id from tracking_touch e where e.whole_id = t.whole_id order by e.at desc, e.id desc limit 1) as last
                  from tracking_touch t left join tracking_link l on l.id = t.link_id
                 where t.whole_id = :contact
                """.formatted(SOURCE, MEDIUM) + after + " order by t.at desc, t.id desc limit :limit")
                .param("contact", contact).params(params).param("limit", paging.fetch()).query((row, _) -> shown(row)).list();
    }

    private static Shown shown(ResultSet row) throws SQLException {
        var link = Optional.ofNullable(row.getObject("link_id", UUID.class));
        var linkName = row.getString("link_name");
        return new Shown(row.getObject("id", UUID.class), link.isPresent() ? "link" : "ad", row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getBoolean("first"), row.getBoolean("last"), row.getObject("contact_id", UUID.class), row.getObject("message_id", UUID.class),
                row.getObject("channel_id", UUID.class), Optional.ofNullable(row.getObject("session_id", UUID.class)), TrackingLinks.utm(row),
                link.map(id -> new Link(id, linkName)), link.isPresent() ? Optional.empty() : Optional.of(ad(row)));
    }

    private static Ad ad(ResultSet row) throws SQLException {
        return new Ad(row.getBoolean("paid"), Optional.ofNullable(row.getString("ad_id")), Optional.ofNullable(row.getString("ad_title")),
                Optional.ofNullable(row.getString("ad_url")), Optional.ofNullable(row.getString("click_id")));
    }
}
