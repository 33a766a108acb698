package com.ventros.crm.conversations;

import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.tenancy.Tenancy;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What conversations must know of a channel. The channel's module tells it, in the transaction that changes it. */
@Component
public class ChannelProfiles {

    /** @param region where its number is at home (ISO 3166), for reading numbers that people type */
    public record ChannelProfile(
            ChannelId channel, ProjectId project, String name, int sessionTimeoutMinutes, String region) {}

    private final JdbcClient db;

    ChannelProfiles(JdbcClient db) {
        this.db = db;
    }

    @Transactional
    public void save(ChannelProfile profile) {
        db.sql("""
                insert into channel_profile (tenant_id, channel_id, project_id, name, session_timeout_minutes, region)
                values (:tenant, :channel, :project, :name, :timeout, :region)
                    on conflict (tenant_id, channel_id) do update
                   set name = excluded.name, session_timeout_minutes = excluded.session_timeout_minutes,
                       region = excluded.region
                """)
                .param("tenant", Tenancy.current().value()).param("channel", profile.channel().value())
                .param("project", profile.project().value()).param("name", profile.name())
                .param("timeout", profile.sessionTimeoutMinutes()).param("region", profile.region()).update();
    }

    Optional<ChannelProfile> find(ChannelId channel) {
        return db.sql("select * from channel_profile where channel_id = :channel").param("channel", channel.value())
                .query((row, _) -> new ChannelProfile(channel, new ProjectId(Rows.uuid(row, "project_id")),
                        row.getString("name"), row.getInt("session_timeout_minutes"), row.getString("region")))
                .optional();
    }
}
