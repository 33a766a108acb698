package com.ventros.crm.channels.waha;

import com.ventros.crm.channels.ChannelConnections;
import com.ventros.crm.channels.waha.WahaAnswer.Failed;
import com.ventros.crm.channels.waha.WahaAnswer.Failure;
import com.ventros.crm.channels.waha.WahaAnswer.Ok;
import com.ventros.crm.conversations.DirectChats.Place;
import com.ventros.crm.conversations.ReadMessages.Read;
import com.ventros.crm.conversations.SendIntents.Quoted;
import com.ventros.crm.tenancy.Tenancy;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What people see of us besides messages. Nothing depends on it, and what fails is counted. */
@Component
class WahaManners {

    private static final Logger log = LoggerFactory.getLogger(WahaManners.class);

    private final ChannelConnections connections;
    private final WahaClient waha;
    private final MeterRegistry meters;

    WahaManners(ChannelConnections connections, WahaClient waha, MeterRegistry meters) {
        this.connections = connections;
        this.waha = waha;
        this.meters = meters;
    }

    /**
     * Puts the blue ticks; in a group WhatsApp wants them for each writer. False when another try may succeed, which does no harm to
     * ticks that are there already; what WAHA refuses it refuses again.
     */
    boolean seen(Read read) {
        var server = connections.server(Tenancy.current(), read.channel());
        if (server.isEmpty()) return true;
        if (!connections.isConnected(Tenancy.current(), read.channel())) return false;
        var writers = read.messages().stream().collect(Collectors.groupingBy(Quoted::author));
        for (var writer : writers.keySet()) {
            var ids = writers.get(writer).stream().map(message -> WahaSending.fullId(read.address(), message)).toList();
            var inGroup = writer.filter(_ -> read.address().endsWith("@g.us"));
            var answer = waha.seen(server.get(), read.address(), ids, inGroup);
            if (!counted("seen", answer)) return answer instanceof Failed<Boolean>(Failure.Refused _);
        }
        return true;
    }

    /** WhatsApp tells who is typing only where it was asked to; a session that does not work cannot ask. */
    void watch(Place place) {
        if (!connections.isConnected(Tenancy.current(), place.channel())) return;
        connections.server(Tenancy.current(), place.channel())
                .ifPresent(server -> counted("watch", waha.watch(server, place.address())));
    }

    /** A session that does not work shows nothing. */
    void typing(Place place, boolean typing) {
        if (!connections.isConnected(Tenancy.current(), place.channel())) return;
        connections.server(Tenancy.current(), place.channel())
                .ifPresent(server -> counted("typing", waha.typing(server, place.address(), typing)));
    }

    private boolean counted(String what, WahaAnswer<Boolean> answer) {
        meters.counter("crm.waha.manners", "what", what, "outcome", answer instanceof Ok<Boolean> ? "done" : "failed").increment();
        if (answer instanceof Failed<Boolean>(var failure)) log.debug("WAHA did not do {}: {}", what, failure);
        return answer instanceof Ok<Boolean>;
    }
}
