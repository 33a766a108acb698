package com.ventros.crm.channels;

import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.conversations.Incoming.OwnNumber;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.ProjectId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What must be known of a channel to understand what it reports. */
@Component
public class ChannelFacts {

    /**
     * One channel of the bound tenant.
     *
     * @param sessionTimeoutMinutes the channel's own, else its project's
     * @param region                country of the project, in which numbers without a country code are read
     * @param own                   the number it is paired with, which never becomes a contact
     * @param groups                whether what is said in groups is taken in
     * @param statusPosts           whether status posts are
     */
    public record Facts(ChannelId channel, ProjectId project, String name, int sessionTimeoutMinutes, String region,
            Optional<OwnNumber> own, boolean groups, boolean statusPosts) {}

    private final JdbcClient db;

    ChannelFacts(JdbcClient db) {
        this.db = db;
    }

    /** Within a transaction; channels that are gone are missing. */
    public Map<ChannelId, Facts> of(Collection<ChannelId> channels) {
        return db.sql("""
                select c.id, c.project_id, c.name, coalesce(c.session_timeout_minutes, p.session_timeout_minutes) timeout,
                       p.country, c.phone, c.lid, c.groups, c.status_posts
                  from channel c join project p on p.tenant_id = c.tenant_id and p.id = c.project_id
                 where c.id = any(:ids)
                """)
                .param("ids", channels.stream().map(ChannelId::value).toArray(UUID[]::new))
                .query((row, _) -> {
                    var phone = row.getString("phone");
                    return new Facts(new ChannelId(row.getObject("id", UUID.class)),
                            new ProjectId(row.getObject("project_id", UUID.class)), row.getString("name"),
                            row.getInt("timeout"), row.getString("country"),
                            phone == null ? Optional.empty() : Optional.of(
                                    new OwnNumber(new PhoneNumber(phone), Optional.ofNullable(row.getString("lid")))),
                            row.getBoolean("groups"), row.getBoolean("status_posts"));
                })
                .list().stream().collect(Collectors.toMap(Facts::channel, facts -> facts));
    }
}
