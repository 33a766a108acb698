package com.ventros.crm.channels.waha;

import com.ventros.crm.channels.ChannelConnections;
import com.ventros.crm.channels.RecordChannelStatus;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.util.Optional;
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
        var server = connections.server(Tenancy.current(), channel);
        if (server.isEmpty()) return;
        switch (waha.session(server.get())) {
            case WahaAnswer.Ok<WahaClient.Session>(var session) -> recordStatus.handle(new RecordChannelStatus.Command(
                    channel, SessionWords.status(session.status()), Instant.now(), session.phone(), session.lid(),
                    Optional.empty()));
            case WahaAnswer.Failed<WahaClient.Session>(var failure) ->
                    log.info("The state of channel {} is unknown: {}", channel, failure);
        }
    }
}
