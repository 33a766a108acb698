package com.ventros.crm.channels;

import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.pipelines.WelcomeContacts;
import com.ventros.crm.tenancy.Tenancy;
import com.ventros.crm.vault.Secrets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An administrator changes a channel's name, server, secrets or settings; what is empty stays as it is. */
@Component
public class UpdateChannel {

    /**
     * @param type       of the provider that the address and the secrets are for, when there are any
     * @param hmacSecret signs what the channel and we say to each other
     * @param settings   what becomes of those that the channel has
     */
    public record Command(
            ChannelId channel,
            Optional<String> name,
            Optional<String> type,
            Optional<String> url,
            Optional<String> session,
            Optional<String> apiKey,
            Optional<String> hmacSecret,
            UnaryOperator<ChannelSettings> settings) {}

    private final Channels channels;
    private final Secrets vault;
    private final ProfileOfChannel profile;
    private final ApplicationEventPublisher listeners;
    private final WelcomeContacts pipelines;

    UpdateChannel(Channels channels, Secrets vault, ProfileOfChannel profile, ApplicationEventPublisher listeners,
            WelcomeContacts pipelines) {
        this.pipelines = pipelines;
        this.channels = channels;
        this.vault = vault;
        this.profile = profile;
        this.listeners = listeners;
    }

    /** @param seen refuses the version that the channel has when the caller has not seen it */
    @Transactional
    public void handle(Command command, LongConsumer seen) {
        var tenant = Tenancy.current();
        var channel = channels.lock(command.channel()).orElseThrow(() -> Refusal.notFound("channel"));
        seen.accept(channel.version);
        var before = channel.address();
        if (command.type().filter(type -> !type.equals(before.type())).isPresent()) {
            throw Refusal.conflict("channel_type_fixed", "The channel is of the type " + before.type() + " and stays so.");
        }
        var secrets = channel.secrets();
        if (command.apiKey().isPresent() || command.hmacSecret().isPresent()) {
            var apiKey = command.apiKey().map(key -> SealedSecrets.sealApiKey(vault, tenant, channel.id, key));
            var hmacSecret = command.hmacSecret()
                    .map(secret -> SealedSecrets.sealHmacSecret(vault, tenant, channel.id, before, secret));
            secrets = new SealedSecrets(apiKey.or(channel.secrets()::apiKey),
                    hmacSecret.orElse(channel.secrets().hmacSecret()));
        }
        var settings = command.settings().apply(channel.settings());
        // The one that it has may be archived meanwhile, which stops no other change.
        if (!settings.defaultPipeline().equals(channel.settings().defaultPipeline())) {
            settings.defaultPipeline().ifPresent(pipeline -> pipelines.mustTake(pipeline, channel.project));
        }
        var changed = channel.update(
                command.name().orElse(channel.name()),
                switch (before) {
                    case WahaAddress waha -> new WahaAddress(command.url().orElse(waha.url()), command.session().orElse(waha.session()));
                    case EndpointAddress endpoint -> new EndpointAddress(command.url().orElse(endpoint.url()));
                },
                secrets,
                settings);
        if (!changed) return;
        channels.save(channel, Instant.now());
        profile.tell(channel);
        listeners.publishEvent(new ChannelChanged(tenant, channel.id));
    }
}
