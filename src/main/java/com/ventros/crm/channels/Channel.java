package com.ventros.crm.channels;

import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.kernel.Aggregate;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/** A connection to people: one WhatsApp number behind a WAHA session, or a company's own program. */
final class Channel extends Aggregate<ChannelEvent> {

    /** 256 random bits: nobody meets an address by trying. */
    private static final int WEBHOOK_KEY_BYTES = 32;
    private static final int LONGEST_NAME = 100;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The last report of the provider about the state; empty before the first. */
    record Report(ChannelStatus status, Instant at, Optional<String> detail) {

        /** A session may pass through several states in one millisecond of its clock: the furthest of them counts. */
        boolean isAfter(Report other) {
            int byTime = at.compareTo(other.at);
            return byTime > 0 || byTime == 0 && status.compareTo(other.status) > 0;
        }
    }

    /** What the provider said about the number behind the channel. */
    record Number(PhoneNumber phone, Optional<String> lid) {}

    final ChannelId id;
    final ProjectId project;
    final long version;
    private String name;
    private ChannelAddress address;
    private SealedSecrets secrets;
    private String webhookKey;
    private Optional<Report> report;
    private Optional<Number> number;
    private ChannelSettings settings;
    private Optional<Instant> archivedAt;

    Channel(ChannelId id, ProjectId project, long version, String name, ChannelAddress address, SealedSecrets secrets,
            String webhookKey, Optional<Report> report, Optional<Number> number, ChannelSettings settings,
            Optional<Instant> archivedAt) {
        this.id = id;
        this.project = project;
        this.version = version;
        this.name = checkedName(name);
        this.address = address;
        this.secrets = secrets;
        this.webhookKey = webhookKey;
        this.report = report;
        this.number = number;
        this.settings = settings;
        this.archivedAt = archivedAt;
    }

    static Channel create(ChannelId id, ProjectId project, String name, ChannelAddress address, SealedSecrets secrets,
            ChannelSettings settings) {
        var channel = new Channel(id, project, 0, name, address, secrets, newWebhookKey(), Optional.empty(),
                Optional.empty(), settings, Optional.empty());
        channel.raise(new ChannelEvent.Created(id.value(), channel.name, address.type()));
        return channel;
    }

    /** Changes what an administrator sets; false when it is all the same. */
    boolean update(String newName, ChannelAddress newAddress, SealedSecrets newSecrets, ChannelSettings newSettings) {
        mustBeInUse();
        var changed = !name.equals(newName) || !address.equals(newAddress) || secrets != newSecrets
                || !settings.equals(newSettings);
        if (!changed) return false;
        // Whoever may name a server must not thereby get the key of the old one sent to it.
        if (!address.url().equals(newAddress.url()) && secrets.apiKey().isPresent()
                && secrets.apiKey().equals(newSecrets.apiKey())) {
            throw Refusal.invalid("waha.apiKey", "api_key_needed", "For another server its API key has to be given again.");
        }
        // Another server or session is another number: what was heard of the old one says nothing about it.
        if (newAddress instanceof WahaAddress && !address.equals(newAddress)) {
            report = Optional.empty();
            number = Optional.empty();
        }
        name = checkedName(newName);
        address = newAddress;
        secrets = newSecrets;
        settings = newSettings;
        raise(new ChannelEvent.Updated(id.value(), name, settings.sessionTimeoutMinutes()));
        return true;
    }

    /** Somebody wants it to be able to send. While it starts or waits for its pairing that may be asked again. */
    void askToConnect() {
        mustBeInUse();
        if (status() == ChannelStatus.CONNECTED) {
            throw Refusal.conflict("channel_already_connected", "The channel is connected; disconnect it first.");
        }
        raise(new ChannelEvent.ConnectionRequested(id.value()));
    }

    /**
     * Somebody wants it to stop.
     *
     * @param logOut whether its phone has to pair it anew afterwards
     */
    void askToDisconnect(boolean logOut) {
        mustBeInUse();
        // One that stopped is still paired, so that it may be logged out.
        if (status() == ChannelStatus.NEW || status() == ChannelStatus.STOPPED && !logOut) {
            throw Refusal.conflict("channel_not_connected", "The channel is not connected.");
        }
        raise(new ChannelEvent.DisconnectionRequested(id.value(), logOut));
    }

    /** It is given up: from now on nothing comes or goes through it. False when it was before. */
    boolean archive(Instant now) {
        if (archivedAt.isPresent()) return false;
        if (status() == ChannelStatus.CONNECTED) raise(new ChannelEvent.Disconnected(id.value()));
        // Nobody reports of it any more.
        report = Optional.of(new Report(ChannelStatus.STOPPED, now, Optional.empty()));
        archivedAt = Optional.of(now);
        raise(new ChannelEvent.Archived(id.value()));
        return true;
    }

    /** It is there again; a company's own program answers at once, a number has to be connected. */
    void restore(Instant now) {
        archivedAt = Optional.empty();
        raise(new ChannelEvent.Restored(id.value()));
        if (address instanceof EndpointAddress) report(new Report(ChannelStatus.CONNECTED, now, Optional.empty()), Optional.empty());
    }

    private void mustBeInUse() {
        if (archivedAt.isPresent()) throw Refusal.conflict("channel_archived", "The channel is archived; restore it first.");
    }

    void rotateWebhookKey() {
        mustBeInUse();
        webhookKey = newWebhookKey();
        raise(new ChannelEvent.WebhookKeyRotated(id.value()));
    }

    /** Reports arrive in any order and more than once: the newest by the provider's clock counts. */
    boolean report(Report next, Optional<Number> seen) {
        if (archivedAt.isPresent()) return false;
        if (report.filter(last -> !next.isAfter(last)).isPresent()) return false;
        var before = status();
        var numberBefore = number;
        report = Optional.of(next);
        number = seen.or(() -> number);
        if (before != next.status()) raise(new ChannelEvent.StatusChanged(id.value(), next.status().name().toLowerCase()));
        if (before == ChannelStatus.CONNECTED && next.status() != ChannelStatus.CONNECTED) {
            raise(new ChannelEvent.Disconnected(id.value()));
        }
        // A session may come back paired with another number: that is news as well.
        if (next.status() == ChannelStatus.CONNECTED
                && (before != ChannelStatus.CONNECTED || !Objects.equals(numberBefore, number))) {
            raise(new ChannelEvent.Connected(id.value(), number.map(own -> own.phone().e164())));
        }
        return true;
    }

    ChannelStatus status() {
        return report.map(Report::status).orElse(ChannelStatus.NEW);
    }

    String name() {
        return name;
    }

    ChannelAddress address() {
        return address;
    }

    SealedSecrets secrets() {
        return secrets;
    }

    String webhookKey() {
        return webhookKey;
    }

    Optional<Report> lastReport() {
        return report;
    }

    Optional<Number> number() {
        return number;
    }

    Optional<Instant> archivedAt() {
        return archivedAt;
    }

    ChannelSettings settings() {
        return settings;
    }

    private static String newWebhookKey() {
        var key = new byte[WEBHOOK_KEY_BYTES];
        RANDOM.nextBytes(key);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }

    private static String checkedName(String name) {
        if (name == null || Text.isInvisible(name) || name.strip().length() > LONGEST_NAME) {
            throw Refusal.invalid("name", "name_invalid", "A channel needs a name of at most 100 letters.");
        }
        return name.strip();
    }
}
