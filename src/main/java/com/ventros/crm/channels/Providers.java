package com.ventros.crm.channels;

import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.tenancy.Tenancy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Knows which provider a channel has. */
@Component
public class Providers {

    private final ChannelConnections connections;
    private final Map<String, Provider> byType;

    Providers(ChannelConnections connections, List<Provider> providers) {
        this.connections = connections;
        this.byType = providers.stream().collect(Collectors.toMap(Provider::type, Function.identity()));
    }

    /** Of a channel of the bound tenant; empty when the channel is gone. */
    public Optional<Provider> of(ChannelId channel) {
        return connections.type(Tenancy.current(), channel).map(byType::get);
    }
}
