package com.ventros.crm.channels;

import com.ventros.crm.billing.Limit;
import com.ventros.crm.billing.Limits;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.pipelines.WelcomeContacts;
import com.ventros.crm.tenancy.Tenancy;
import com.ventros.crm.vault.Secrets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An administrator connects a WhatsApp number that a WAHA server holds, or a program of the company's own. */
@Component
public class CreateChannel {

    /**
     * @param project    the tenant's only project when empty
     * @param apiKey     opens WAHA to us, if it wants one
     * @param hmacSecret WAHA signs its deliveries with it, or we ours to the company's program
     */
    public record Command(
            Optional<ProjectId> project,
            String name,
            ChannelAddress address,
            Optional<String> apiKey,
            String hmacSecret,
            ChannelSettings settings) {}

    private final Channels channels;
    private final Secrets vault;
    private final JdbcClient db;
    private final ProfileOfChannel profile;
    private final Limits limits;
    private final WelcomeContacts pipelines;

    CreateChannel(Channels channels, Secrets vault, JdbcClient db, ProfileOfChannel profile, Limits limits,
            WelcomeContacts pipelines) {
        this.pipelines = pipelines;
        this.profile = profile;
        this.limits = limits;
        this.channels = channels;
        this.vault = vault;
        this.db = db;
    }

    @Transactional
    public ChannelId handle(Command command) {
        var id = ChannelId.create();
        var tenant = Tenancy.current();
        var secrets = new SealedSecrets(
                command.apiKey().map(key -> SealedSecrets.sealApiKey(vault, tenant, id, key)),
                SealedSecrets.sealHmacSecret(vault, tenant, id, command.address(), command.hmacSecret()));
        var project = project(command.project());
        command.settings().defaultPipeline().ifPresent(pipeline -> pipelines.mustTake(pipeline, project));
        var channel = Channel.create(id, project, command.name(), command.address(), secrets, command.settings());
        var now = Instant.now();
        // A program needs no pairing; whether it answers shows with each message.
        if (command.address() instanceof EndpointAddress) {
            channel.report(new Channel.Report(ChannelStatus.CONNECTED, now, Optional.empty()), Optional.empty());
        }
        limits.mayAdd(Limit.CHANNELS);
        channels.add(channel, now);
        profile.tell(channel);
        return id;
    }

    private ProjectId project(Optional<ProjectId> wanted) {
        var all = db.sql("select id from project").query(UUID.class).list();
        return wanted
                .map(project -> {
                    if (!all.contains(project.value())) throw Refusal.notFound("project");
                    return project;
                })
                .orElseGet(() -> {
                    if (all.size() != 1) {
                        throw Refusal.invalid("projectId", "project_missing", "Say which project the channel belongs to.");
                    }
                    return new ProjectId(all.getFirst());
                });
    }
}
