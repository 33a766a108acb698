package com.ventros.crm.conversations;

import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Keeps what people think of messages: reactions, votes, and every wording a message was changed to. All of it under
 * the target's key, so that it may come before its target; of one person the newest counts, the database decides.
 */
@Repository
class Reactions {

    /** The reactor, or voter, that we are, whoever of us. */
    static final String US = "us";

    record Reaction(Trace.Key target, String reactor, String emoji, Instant at) {

        MessageEvent.MessageReacted event(Message message) {
            return new MessageEvent.MessageReacted(message.id.value(), message.place.chat().value(),
                    message.place.contact().map(ContactId::value), message.place.channel().value(),
                    Optional.of(emoji).filter(given -> !given.isEmpty()), reactor);
        }
    }

    record Vote(Trace.Key target, String voter, List<String> options, boolean readable, Instant at) {}

    record Edit(Trace.Key target, String text, Instant at) {}

    private record ReactionRow(UUID channelId, String targetId, String reactor, String emoji, Instant at) {}

    private record VoteRow(UUID channelId, String targetId, String voter, String options, boolean readable, Instant at) {}

    private record EditRow(UUID channelId, String targetId, Instant at, String text) {}

    private final JdbcClient db;

    Reactions(JdbcClient db) {
        this.db = db;
    }

    /** Returns those that are news; the same emoji told again with a later time is none. */
    List<Reaction> react(Collection<Reaction> reactions) {
        var news = new ArrayList<Reaction>();
        if (reactions.isEmpty()) return news;
        db.sql("""
                with told as (
                    select distinct on (channel_id, target_id, reactor) channel_id, target_id, reactor, emoji, at
                      from jsonb_populate_recordset(null::message_reaction, :rows::jsonb)
                     order by channel_id, target_id, reactor, at desc, emoji collate "C" desc),
                kept as (
                    insert into message_reaction as r (tenant_id, channel_id, target_id, reactor, emoji, at)
                    select :tenant, told.* from told
                        on conflict (tenant_id, channel_id, target_id, reactor) do update
                       set emoji = excluded.emoji, at = excluded.at
                     where (excluded.at, excluded.emoji collate "C") > (r.at, r.emoji collate "C")
                    returning channel_id, target_id, reactor, emoji, at)
                select kept.* from kept
                  -- As it was before this statement.
                  left join message_reaction b using (channel_id, target_id, reactor)
                 where b.emoji is distinct from kept.emoji
                """)
                .param("tenant", Tenancy.current().value())
                .param("rows", Rows.json(reactions.stream().map(r -> new ReactionRow(r.target().channel().value(),
                        r.target().externalId(), r.reactor(), r.emoji(), r.at())).toList()))
                .query((ResultSet row) -> {
                    news.add(new Reaction(new Trace.Key(new ChannelId(Rows.uuid(row, "channel_id")),
                            row.getString("target_id")), row.getString("reactor"), row.getString("emoji"),
                            Rows.instant(row, "at")));
                });
        return news;
    }

    /** Returns those that are news; of two votes of one time a readable one counts. */
    List<Vote> vote(Collection<Vote> votes) {
        var news = new ArrayList<Vote>();
        if (votes.isEmpty()) return news;
        db.sql("""
                insert into message_vote as v (tenant_id, channel_id, target_id, voter, options, readable, at)
                select distinct on (n.channel_id, n.target_id, n.voter)
                       :tenant, n.channel_id, n.target_id, n.voter, n.options, n.readable, n.at
                  from jsonb_populate_recordset(null::message_vote, :rows::jsonb) n
                 order by n.channel_id, n.target_id, n.voter, n.at desc, n.readable desc, n.options collate "C" desc
                    on conflict (tenant_id, channel_id, target_id, voter) do update
                   set options = excluded.options, readable = excluded.readable, at = excluded.at
                 where (excluded.at, excluded.readable, excluded.options collate "C")
                       > (v.at, v.readable, v.options collate "C")
                returning channel_id, target_id, voter, options, readable, at
                """)
                .param("tenant", Tenancy.current().value())
                .param("rows", Rows.json(votes.stream().map(v -> new VoteRow(v.target().channel().value(),
                        v.target().externalId(), v.voter(), Rows.json(v.options()), v.readable(), v.at())).toList()))
                .query((ResultSet row) -> {
                    news.add(new Vote(new Trace.Key(new ChannelId(Rows.uuid(row, "channel_id")),
                            row.getString("target_id")), row.getString("voter"),
                            List.of(Rows.read(row.getString("options"), String[].class)), row.getBoolean("readable"),
                            Rows.instant(row, "at")));
                });
        return news;
    }

    void edited(Collection<Edit> edits) {
        if (edits.isEmpty()) return;
        db.sql("""
                insert into message_edit (tenant_id, channel_id, target_id, at, text, digest)
                select :tenant, e.channel_id, e.target_id, e.at, e.text, md5(e.text)
                  from jsonb_populate_recordset(null::message_edit, :rows::jsonb) e
                    on conflict do nothing
                """)
                .param("tenant", Tenancy.current().value())
                .param("rows", Rows.json(edits.stream().map(e -> new EditRow(e.target().channel().value(),
                        e.target().externalId(), e.at(), e.text())).toList()))
                .update();
    }
}
