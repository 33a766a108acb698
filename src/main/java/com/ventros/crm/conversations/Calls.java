package com.ventros.crm.conversations;

import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps what became of calls: one row for each thing that did, at the earliest time it was told. */
@Repository
class Calls {

    record Key(ChannelId channel, String callId) {}

    record Turn(Key call, Incoming.CallState state, Optional<ContactId> contact, boolean video, Instant at,
                ProjectId project, Cause cause) {}

    private record Row(UUID channelId, String callId, String state, UUID contactId, boolean video, Instant at) {}

    private final JdbcClient db;

    Calls(JdbcClient db) {
        this.db = db;
    }

    /** Whose calls these are known to be. */
    Map<Key, ContactId> contacts(Collection<Key> calls) {
        var found = new HashMap<Key, ContactId>();
        if (calls.isEmpty()) return found;
        db.sql("""
                select distinct c.channel_id, c.call_id, c.contact_id from call c
                  join unnest(:channels::uuid[], :calls::text[]) k (channel_id, call_id) using (channel_id, call_id)
                 where c.contact_id is not null
                """)
                .param("channels", Rows.uuids(calls, call -> call.channel().value()))
                .param("calls", Rows.texts(calls, Key::callId))
                .query((ResultSet row) -> {
                    found.put(new Key(new ChannelId(Rows.uuid(row, "channel_id")), row.getString("call_id")),
                            new ContactId(Rows.uuid(row, "contact_id")));
                });
        return found;
    }

    /** Returns the events to append. */
    List<NewEvent> turned(Collection<Turn> turns) {
        if (turns.isEmpty()) return List.of();
        var byKey = new HashMap<String, Turn>();
        for (var turn : turns) byKey.putIfAbsent(turn.state() + " " + turn.call(), turn);
        var events = new ArrayList<NewEvent>();
        db.sql("""
                insert into call as c (tenant_id, channel_id, call_id, state, contact_id, video, at)
                select :tenant, n.channel_id, n.call_id, n.state, (array_agg(n.contact_id))[1], bool_or(n.video), min(n.at)
                  from jsonb_populate_recordset(null::call, :rows::jsonb) n
                 group by n.channel_id, n.call_id, n.state
                    on conflict (tenant_id, channel_id, call_id, state) do update
                   set at = least(c.at, excluded.at), video = c.video or excluded.video
                returning channel_id, call_id, state, video, at, xmax = 0 as fresh
                """)
                .param("tenant", Tenancy.current().value())
                .param("rows", Rows.json(turns.stream().map(turn -> new Row(turn.call().channel().value(),
                        turn.call().callId(), turn.state().name(), turn.contact().map(ContactId::value).orElse(null),
                        turn.video(), turn.at())).toList()))
                .query((ResultSet row) -> {
                    if (!row.getBoolean("fresh")) return;
                    var key = new Key(new ChannelId(Rows.uuid(row, "channel_id")), row.getString("call_id"));
                    var state = Incoming.CallState.valueOf(row.getString("state"));
                    events.add(event(byKey.get(state + " " + key), row.getBoolean("video"), Rows.instant(row, "at")));
                });
        return events;
    }

    private static NewEvent event(Turn turn, boolean video, Instant at) {
        var contact = turn.contact().map(ContactId::value);
        var channel = turn.call().channel().value();
        var call = turn.call().callId();
        var event = switch (turn.state()) {
            case RECEIVED -> new CallEvent.CallReceived(call, contact, channel, video, at);
            case ACCEPTED -> new CallEvent.CallAccepted(call, contact, channel, video, at);
            case REJECTED -> new CallEvent.CallRejected(call, contact, channel, video, at);
        };
        // A call has no row of its own to count versions in: its stages are its versions.
        return new NewEvent(event, "call", Uuids.v5(channel, call), turn.state().ordinal() + 1L,
                Optional.of(turn.project()), at, turn.cause());
    }
}
