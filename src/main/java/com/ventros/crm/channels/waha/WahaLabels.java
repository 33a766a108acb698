package com.ventros.crm.channels.waha;

import com.ventros.crm.channels.ChannelConnections;
import com.ventros.crm.channels.ChannelConnections.Server;
import com.ventros.crm.channels.waha.WahaAnswer.Failed;
import com.ventros.crm.channels.waha.WahaAnswer.Failure;
import com.ventros.crm.channels.waha.WahaAnswer.Ok;
import com.ventros.crm.contacts.Sighting;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.conversations.ChatAddress;
import com.ventros.crm.conversations.ChatId;
import com.ventros.crm.conversations.Labels;
import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Somebody labels a chat of the bound tenant: on the phone first, and what WAHA has taken is shown. No engine tells more in its
 * answer, and browsers tell nothing afterwards; where an event follows, it finds what it tells.
 */
@Component
public class WahaLabels {

    private final Labels labels;
    private final ChannelConnections connections;
    private final WahaClient waha;

    WahaLabels(Labels labels, ChannelConnections connections, WahaClient waha) {
        this.labels = labels;
        this.connections = connections;
        this.waha = waha;
    }

    /** @param wanted all that the chat is to have of the labels that its channel shows here */
    public void set(ChatId chat, Collection<UUID> wanted) {
        var place = labels.place(chat).orElseThrow(() -> Refusal.notFound("chat"));
        var known = labels.list(Optional.of(place.channel())).stream().map(Labels.Label::id).collect(Collectors.toSet());
        if (!known.containsAll(wanted)) throw unknown();
        var server = server(place.channel());
        var jid = place.address().flatMap(Jid::parse).filter(one -> one.isPerson() || one.kind() == Jid.Kind.GROUP)
                .orElseThrow(() -> Refusal.conflict("chat_not_begun", "WhatsApp does not know this chat yet."));
        // An event of what is done now is later by WAHA's clock than this.
        var began = Instant.now();
        var ofChannel = done(waha.labels(server));
        if (!ofChannel.stream().map(id -> Labels.id(place.channel(), id)).collect(Collectors.toSet()).containsAll(wanted)) throw unknown();
        var next = new LinkedHashSet<String>();
        ofChannel.stream().filter(id -> wanted.contains(Labels.id(place.channel(), id))).forEach(next::add);
        // What nobody sees here nobody takes off.
        done(waha.labelsOf(server, place.address().get())).stream()
                .filter(id -> !known.contains(Labels.id(place.channel(), id))).forEach(next::add);
        done(waha.setLabels(server, place.address().get(), next));
        labels.set(chat, place, address(jid), wanted, began, Cause.current());
    }

    private Server server(ChannelId channel) {
        var tenant = Tenancy.current();
        var server = connections.server(tenant, channel).orElseThrow(() -> connections.isArchived(tenant, channel)
                ? Refusal.conflict("channel_archived", "The channel is archived; restore it first.")
                : Refusal.conflict("labels_not_supported", "A channel of this type has no labels."));
        if (!connections.isConnected(tenant, channel)) throw notConnected();
        return server;
    }

    private static ChatAddress address(Jid jid) {
        return jid.kind() == Jid.Kind.GROUP ? ChatAddress.group(jid.address(), Optional.empty())
                : ChatAddress.direct(jid.address(), new Sighting(jid.phone(), jid.lid(), Optional.empty()));
    }

    private static <T> T done(WahaAnswer<T> answer) {
        return switch (answer) {
            case Ok<T>(var value) -> value;
            case Failed<T>(Failure.NotConnected _) -> throw notConnected();
            case Failed<T>(Failure.Refused(var code, _, _)) when code.equals("not_supported") ->
                    throw Refusal.conflict("labels_not_supported", "This WhatsApp cannot set labels.");
            case Failed<T>(var failure) -> throw WahaPairing.refusal(failure);
        };
    }

    private static Refusal notConnected() {
        return Refusal.conflict("channel_not_connected", "The channel is not connected.");
    }

    private static Refusal unknown() {
        return Refusal.invalid("labels", "label_unknown", "The chat's channel does not have such a label.");
    }
}
