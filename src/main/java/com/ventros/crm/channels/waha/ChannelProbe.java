package com.ventros.crm.channels.waha;

import com.ventros.crm.channels.ChannelConnections;
import com.ventros.crm.channels.ChannelConnections.Server;
import com.ventros.crm.channels.ChannelStatus;
import com.ventros.crm.channels.RecordChannelStatus;
import com.ventros.crm.channels.waha.WahaAnswer.Failed;
import com.ventros.crm.channels.waha.WahaAnswer.Failure;
import com.ventros.crm.channels.waha.WahaAnswer.Ok;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Asks WAHA how a channel's session is: a session that was paired before its channel was made reports nothing by
 * itself, and a report may have been lost.
 */
@Component
public class ChannelProbe {

    private static final Logger log = LoggerFactory.getLogger(ChannelProbe.class);

    private final ChannelConnections connections;
    private final WahaClient waha;
    private final RecordChannelStatus recordStatus;

    ChannelProbe(ChannelConnections connections, WahaClient waha, RecordChannelStatus recordStatus) {
        this.connections = connections;
        this.waha = waha;
        this.recordStatus = recordStatus;
    }

    /** Records what WAHA says about a channel of the bound tenant; silent when it says nothing usable. */
    public void look(ChannelId channel) {
        connections.server(Tenancy.current(), channel).ifPresent(this::look);
    }

    /** The same, and hands on what WAHA said. */
    WahaAnswer<WahaClient.Session> look(Server server) {
        var asked = justNow();
        var answer = waha.session(server);
        switch (answer) {
            case Ok<WahaClient.Session>(var session) -> recordStatus.handle(new RecordChannelStatus.Command(server.channel(),
                    SessionWords.status(session.status()), asked, session.phone(), session.lid(), Optional.empty()));
            // A session that the server has forgotten sends nothing.
            case Failed<WahaClient.Session>(Failure.Refused(var code, _, _)) when code.equals("not_found") ->
                    record(server, ChannelStatus.STOPPED, asked);
            case Failed<WahaClient.Session>(var failure) ->
                    log.info("The state of channel {} is unknown: {}", server.channel(), failure);
        }
        return answer;
    }

    /** What only a session that waits for its phone answers tells that it does, also where no report of it comes. */
    <T> WahaAnswer<T> whilePairing(Server server, Supplier<WahaAnswer<T>> asking) {
        var asked = justNow();
        var answer = asking.get();
        switch (answer) {
            case Ok<T> _ -> {
                if (!connections.isPairing(Tenancy.current(), server.channel())) record(server, ChannelStatus.PAIRING, asked);
            }
            case Failed<T>(Failure.NotConnected _) -> look(server);
            case Failed<T> _ -> {}
        }
        return answer;
    }

    /** What happens while the answer is under way, or in WAHA's same millisecond, is reported with a later time, and counts. */
    private static Instant justNow() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS).minusMillis(1);
    }

    private void record(Server server, ChannelStatus status, Instant asked) {
        recordStatus.handle(new RecordChannelStatus.Command(server.channel(), status, asked, Optional.empty(), Optional.empty(), Optional.empty()));
    }
}
