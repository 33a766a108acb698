package com.ventros.crm.channels.waha;

import com.ventros.crm.channels.AskOfChannel;
import com.ventros.crm.channels.ChannelConnections;
import com.ventros.crm.channels.ChannelConnections.Server;
import com.ventros.crm.channels.ChannelStatus;
import com.ventros.crm.channels.waha.WahaAnswer.Failed;
import com.ventros.crm.channels.waha.WahaAnswer.Failure;
import com.ventros.crm.channels.waha.WahaAnswer.Ok;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.tenancy.Tenancy;
import java.net.URI;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Connects a channel of the bound tenant as a person does it: starts its session, shows what the phone has to scan or
 * what has to be typed into it, and stops it again. What becomes of it WAHA reports; each step looks first how it is,
 * so that a lost report stops nobody.
 */
@Component
public class WahaPairing {

    private static final Logger log = LoggerFactory.getLogger(WahaPairing.class);

    private final ChannelConnections connections;
    private final WahaClient waha;
    private final ChannelProbe probe;
    private final AskOfChannel ask;
    private final Optional<URI> webhookUrl;

    WahaPairing(ChannelConnections connections, WahaClient waha, ChannelProbe probe, AskOfChannel ask, WahaProperties settings) {
        this.connections = connections;
        this.waha = waha;
        this.probe = probe;
        this.ask = ask;
        this.webhookUrl = settings.webhookUrl();
    }

    /** Starts the channel's session, which is made if the server has none of that name; may be asked again. */
    public void connect(ChannelId channel) {
        var server = server(channel);
        var status = statusAt(server);
        ask.toConnect(channel);
        done(status.map(known -> switch (known) {
            case STOPPED -> waha.start(server);
            case FAILED -> waha.restart(server);
            case NEW, STARTING, PAIRING, CONNECTED -> new Ok<>(true);
        }).orElseGet(() -> create(server)));
        probe.look(server);
    }

    private WahaAnswer<Boolean> create(Server server) {
        var webhook = connections.webhook(Tenancy.current(), server.channel()).orElseThrow(() -> Refusal.notFound("channel"));
        return waha.create(server, webhookUrl.map(base -> base.resolve(WahaDoor.PATH + webhook.key()).toString()), webhook);
    }

    /** The picture that the phone has to scan now, as PNG; another one every twenty seconds. */
    public byte[] qr(ChannelId channel) {
        var server = server(channel);
        return done(probe.whilePairing(server, () -> waha.qr(server)));
    }

    /** What has to be typed into the phone of this number instead of scanning the picture. */
    public String code(ChannelId channel, PhoneNumber phone) {
        var server = server(channel);
        return done(probe.whilePairing(server, () -> waha.pairingCode(server, phone)));
    }

    /**
     * Stops the channel's session.
     *
     * @param logOut whether its phone has to pair it anew afterwards
     */
    public void disconnect(ChannelId channel, boolean logOut) {
        var server = server(channel);
        statusAt(server);
        ask.toDisconnect(channel, logOut);
        if (logOut) done(waha.logOut(server));
        done(waha.stop(server));
        probe.look(server);
    }

    /**
     * Stops the session of a channel that was given up, unless another channel has it by now. A server that does not know it, or is not
     * there any more, is left alone: nothing that it delivers is taken.
     */
    public void stopArchived(ChannelId channel) {
        var server = connections.serverOfArchived(Tenancy.current(), channel)
                .filter(one -> !connections.isUsed(Tenancy.current(), one.waha()));
        if (server.isEmpty() || !(waha.stop(server.get()) instanceof Failed<Boolean>(var failure))) return;
        log.info("The session of channel {}, which was given up, is not stopped: {}", channel, failure);
    }

    /** A server outside may take its time, and a transaction must not take it as well: it would hold a connection to the database. */
    private Server server(ChannelId channel) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw Refusal.conflict("idempotency_key_not_taken", "This may be asked again as it is: leave the Idempotency-Key out.");
        }
        return connections.server(Tenancy.current(), channel).orElseThrow(() -> connections.isArchived(Tenancy.current(), channel)
                ? Refusal.conflict("channel_archived", "The channel is archived; restore it first.")
                : connections.type(Tenancy.current(), channel)
                .map(_ -> Refusal.conflict("pairing_not_needed", "A channel of this type has no phone to pair."))
                .orElseGet(() -> Refusal.notFound("channel")));
    }

    /** How the session is; empty when the server has none of that name. */
    private Optional<ChannelStatus> statusAt(Server server) {
        return switch (probe.look(server)) {
            case Ok<WahaClient.Session>(var session) -> Optional.of(SessionWords.status(session.status()));
            case Failed<WahaClient.Session>(Failure.Refused(var code, _, _)) when code.equals("not_found") -> Optional.empty();
            case Failed<WahaClient.Session>(var failure) -> throw refusal(failure);
        };
    }

    private static <T> T done(WahaAnswer<T> answer) {
        return switch (answer) {
            case Ok<T>(var value) -> value;
            case Failed<T>(var failure) -> throw refusal(failure);
        };
    }

    /** What a person is told of a call that failed. */
    static Refusal refusal(Failure failure) {
        return switch (failure) {
            case Failure.NotConnected _ -> Refusal.conflict("channel_not_pairing", "The channel does not wait for a phone.");
            case Failure.RateLimited _ -> Refusal.conflict("waha_too_fast", "WhatsApp wants a pause; try again in some minutes.");
            case Failure.Unreachable(var detail) -> Refusal.conflict("waha_unreachable", detail);
            case Failure.Unknown(var detail) -> Refusal.conflict("waha_unclear", detail);
            case Failure.Refused(var code, var detail, _) when code.equals("key_refused") ->
                    Refusal.conflict("waha_key_refused", detail);
            case Failure.Refused(_, var detail, _) -> Refusal.conflict("waha_refused", detail);
        };
    }
}
