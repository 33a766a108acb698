package com.ventros.crm.channels.flow;

import com.ventros.crm.channels.ChannelPipelines;
import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.conversations.FirstSessions;
import com.ventros.crm.conversations.SessionEvent.SessionStarted;
import com.ventros.crm.conversations.SessionId;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Envelope;
import com.ventros.crm.events.EventConsumer;
import com.ventros.crm.events.OnReplay;
import com.ventros.crm.pipelines.WelcomeContacts;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Somebody is met for the first time on a channel that has a pipeline: there they enter, unless they wrote before the channel was here and
 * came with the history of its phone. Whoever wrote since is met, however late that becomes known.
 */
@Component
final class OnFirstSession implements EventConsumer {

    private final ChannelPipelines pipelines;
    private final FirstSessions sessions;
    private final WelcomeContacts welcome;

    OnFirstSession(ChannelPipelines pipelines, FirstSessions sessions, WelcomeContacts welcome) {
        this.pipelines = pipelines;
        this.sessions = sessions;
        this.welcome = welcome;
    }

    @Override
    public String name() {
        return "pipelines-of-channels";
    }

    @Override
    public Set<String> patterns() {
        return Set.of("session.started");
    }

    @Override
    public OnReplay onReplay() {
        return new OnReplay.Refuse("people who wrote before a channel had its pipeline would enter it all at once.");
    }

    @Override
    public void handle(List<Envelope> events) {
        Map<SessionId, SessionStarted> started = new HashMap<>();
        events.forEach(event -> started.put(new SessionId(event.aggregateId()), event.dataAs(SessionStarted.class)));
        var wanted = pipelines.of(started.values().stream().map(one -> new ChannelId(one.channelId())).collect(Collectors.toSet()));
        if (wanted.isEmpty()) return;
        var first = Set.copyOf(sessions.among(started.keySet()));
        for (var event : events) {
            var one = started.get(new SessionId(event.aggregateId()));
            var pipeline = wanted.get(new ChannelId(one.channelId()));
            if (pipeline == null || !first.contains(new SessionId(event.aggregateId()))) continue;
            // Providers tell whole seconds.
            if (one.startedAt().isBefore(pipeline.since().truncatedTo(ChronoUnit.SECONDS))) continue;
            event.asCause(Actor.system(name())).run(() -> welcome.welcome(new ContactId(one.contactId()), pipeline.pipeline()));
        }
    }
}
