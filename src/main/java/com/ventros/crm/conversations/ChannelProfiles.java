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

    /** @param sessionTimeoutMinutes the channel's own; empty: as the project says */
    public record ChannelProfile(ChannelId channel, ProjectId project, String name, Optional<Integer> sessionTimeoutMinutes) {}

    private final JdbcClient db;

    ChannelProfiles(JdbcClient db) {
        this.db = db;
    }

    @Transactional
    public void save(ChannelProfile profile) {
        db.sql("""
                insert into channel_profile (tenant_id, channel_id, project_id, name, session_timeout_minutes)
                values (:tenant, :channel, :project, :name, :timeout)
                    on conflict (tenant_id, channel_id) do update
                   set name = excluded.name, session_timeout_minutes = excluded.session_timeout_minutes
                """)
                .param("tenant", Tenancy.current().value()).param("channel", profile.channel().value())
                .param("project", profile.project().value()).param("name", profile.name())
                .param("timeout", profile.sessionTimeoutMinutes().orElse(null)).update();
    }

    Optional<ChannelProfile> find(ChannelId channel) {
        return db.sql("select * from channel_profile where channel_id = :channel").param("channel", channel.value())
                .query((row, _) -> new ChannelProfile(channel, new ProjectId(Rows.uuid(row, "project_id")),
                        row.getString("name"), Optional.ofNullable(row.getObject("session_timeout_minutes", Integer.class))))
                .optional();
    }
}
