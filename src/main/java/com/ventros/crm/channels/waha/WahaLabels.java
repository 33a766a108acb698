package com.ventros.crm.channels.waha;

import com.ventros.crm.channels.ChannelConnections;
import com.ventros.crm.channels.ChannelConnections.Server;
import com.ventros.crm.channels.ChannelFacts;
import com.ventros.crm.channels.waha.WahaAnswer.Failed;
import com.ventros.crm.channels.waha.WahaAnswer.Failure;
import com.ventros.crm.channels.waha.WahaAnswer.Ok;
import com.ventros.crm.contacts.Sighting;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.conversations.ChatAddress;
import com.ventros.crm.conversations.ChatId;
import com.ventros.crm.conversations.LabelNews;
import com.ventros.crm.conversations.Labels;
import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The labels of channels of the bound tenant beyond what events tell of them. Somebody labels a chat: on the phone first, and what WAHA
 * has taken is shown. No engine tells more in its answer, and browsers tell nothing afterwards; where an event follows, it finds what it
 * tells. And what was done while nothing reached us is asked for.
 */
@Component
public class WahaLabels {

    private static final Logger log = LoggerFactory.getLogger(WahaLabels.class);

    private final Labels labels;
    private final ChannelConnections connections;
    private final ChannelFacts facts;
    private final WahaClient waha;
    private final TransactionTemplate transaction;

    WahaLabels(Labels labels, ChannelConnections connections, ChannelFacts facts, WahaClient waha, PlatformTransactionManager transactions) {
        this.labels = labels;
        this.connections = connections;
        this.facts = facts;
        this.waha = waha;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** @param wanted all that the chat is to have of the labels that its channel shows here */
    public void set(ChatId chat, Collection<UUID> wanted) {
        var place = labels.place(chat).orElseThrow(() -> Refusal.notFound("chat"));
        var known = labels.list(Optional.of(place.channel())).stream().map(Labels.Label::id).collect(Collectors.toSet());
        if (!known.containsAll(wanted)) throw unknown();
        var server = server(place.channel());
        var jid = place.address().flatMap(Jid::parse).filter(WahaLabels::isChat)
                .orElseThrow(() -> Refusal.conflict("chat_not_begun", "WhatsApp does not know this chat yet."));
        // An event of what is done now is later by WAHA's clock than this.
        var began = Instant.now();
        var ofChannel = done(waha.labels(server)).stream().map(WahaClient.Label::id).toList();
        if (!ofChannel.stream().map(id -> Labels.id(place.channel(), id)).collect(Collectors.toSet()).containsAll(wanted)) throw unknown();
        var next = new LinkedHashSet<String>();
        ofChannel.stream().filter(id -> wanted.contains(Labels.id(place.channel(), id))).forEach(next::add);
        // What nobody sees here nobody takes off.
        done(waha.labelsOf(server, place.address().get())).stream()
                .filter(id -> !known.contains(Labels.id(place.channel(), id))).forEach(next::add);
        done(waha.setLabels(server, place.address().get(), next));
        labels.set(chat, place, address(jid), wanted, began, Cause.current());
    }

    /**
     * Learns which labels a channel has and on which chats they are: events tell only what is done while they reach us, and browsers
     * tell nothing. Throws when asking again in a while may help; what WAHA refuses it refuses again, and a session that does not work
     * is asked as soon as it does.
     */
    void learn(ChannelId channel) {
        var server = connections.server(Tenancy.current(), channel).filter(_ -> connections.isConnected(Tenancy.current(), channel));
        var project = transaction.execute(_ -> Optional.ofNullable(facts.of(List.of(channel)).get(channel)).map(ChannelFacts.Facts::project));
        if (server.isEmpty() || project.isEmpty()) return;
        // What is done meanwhile is told with a later time, and counts.
        var asked = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusMillis(1);
        told(channel, waha.labels(server.get())).ifPresent(all -> {
            // An engine that has just begun may know none yet, and tell nothing of them afterwards.
            if (!all.isEmpty()) labels.keep(channel, project.get(), all.stream().map(WahaClient.Label::id).toList(), asked, Cause.current());
            for (var label : all) {
                label.name().ifPresent(name -> labels.record(channel, project.get(),
                        new LabelNews.Described(label.id(), name, label.colour(), asked), Cause.current()));
                told(channel, waha.chatsWith(server.get(), label.id()))
                        .ifPresent(chats -> learn(server.get(), project.get(), label.id(), chats, asked));
            }
        });
    }

    private void learn(Server server, ProjectId project, String labelId, List<String> chats, Instant asked) {
        var channel = server.channel();
        var listed = chats.stream().flatMap(chat -> Jid.parse(chat).stream()).filter(WahaLabels::isChat).map(WahaLabels::address).toList();
        for (var chat : labels.without(Labels.id(channel, labelId), listed)) {
            labels.record(channel, project, new LabelNews.OnChat(labelId, chat, true, asked), Cause.current());
        }
        var there = listed.stream().map(ChatAddress::address).collect(Collectors.toSet());
        for (var address : labels.chatsWith(Labels.id(channel, labelId), channel)) {
            var jid = Jid.parse(address).filter(WahaLabels::isChat);
            if (jid.isEmpty() || there.contains(address)) continue;
            // The list may name the person otherwise, and GOWS shows empty ones at times: the chat itself is asked.
            var lost = told(channel, waha.labelsOf(server, address)).filter(still -> !still.contains(labelId)).isPresent();
            if (lost) labels.record(channel, project, new LabelNews.OnChat(labelId, address(jid.get()), false, asked), Cause.current());
        }
    }

    /** Empty when it is vain to ask. */
    private static <T> Optional<T> told(ChannelId channel, WahaAnswer<T> answer) {
        return switch (answer) {
            case Ok<T>(var value) -> Optional.of(value);
            case Failed<T>(var failure) when failure instanceof Failure.Refused || failure instanceof Failure.NotConnected -> {
                log.info("The labels of channel {} are not told: {}", channel, failure);
                yield Optional.empty();
            }
            case Failed<T>(var failure) -> throw new IllegalStateException("The labels of channel " + channel + " cannot be had now: " + failure);
        };
    }

    private Server server(ChannelId channel) {
        var tenant = Tenancy.current();
        var server = connections.server(tenant, channel).orElseThrow(() -> connections.isArchived(tenant, channel)
                ? Refusal.conflict("channel_archived", "The channel is archived; restore it first.")
                : Refusal.conflict("labels_not_supported", "A channel of this type has no labels."));
        if (!connections.isConnected(tenant, channel)) throw notConnected();
        return server;
    }

    private static boolean isChat(Jid jid) {
        return jid.isPerson() || jid.kind() == Jid.Kind.GROUP;
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
