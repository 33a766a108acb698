package com.ventros.crm.conversations;

import com.ventros.crm.contacts.Identity;
import com.ventros.crm.contacts.Sighting;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Text;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The labels of channels, and which chats have them. What came last counts, in whatever order it is told: a chat may get a label before
 * the label or the chat is known here, and lose it under another address of the same person.
 */
@Component
public class Labels {

    /** One that a channel has; its colour is {@code #rrggbb}, and {@code chats} are those that have it. */
    public record Label(UUID id, UUID channelId, String name, Optional<String> colour, long chats) {}

    /** Where the labels of a chat are: its address as the channel gave it, empty while a typed number was not looked up. */
    public record Place(ChannelId channel, ProjectId project, Optional<String> address) {}

    private record Known(String name, Optional<String> colour, boolean deleted, Instant at, long version) {

        /** Of two things told at one time the deletion counts. */
        boolean isBefore(Instant other, boolean otherDeleted) {
            int byTime = at.compareTo(other);
            return byTime < 0 || byTime == 0 && !deleted && otherDeleted;
        }
    }

    private record Met(UUID chat, long version) {}

    /** WhatsApp's have some digits, and names of a line. */
    private static final int LONGEST_ID = 100;
    private static final int LONGEST_NAME = 100;
    private static final String COLOUR = "#[0-9a-f]{6}";
    /** What is told of a chat {@code c} under any of its addresses. */
    static final String OF_CHAT = """
            (select k.label_id, k.put, k.at from contact_identity i join chat_label k on k.kind = i.kind and k.value = i.value
              where i.whole_id = c.whole_id
              union all
             select k.label_id, k.put, k.at from chat_label k where c.kind = 'GROUP' and k.kind = 'GROUP' and k.value = c.address)
            """;
    /** Whether the chat {@code c} has the label {@code :label}. */
    static final String HAS_LABEL = "coalesce((select k.put from " + OF_CHAT
            + " k where k.label_id = :label order by k.at desc, k.put limit 1), false)";

    private final JdbcClient db;
    private final Outbox outbox;

    Labels(JdbcClient db, Outbox outbox) {
        this.db = db;
        this.outbox = outbox;
    }

    /** Those of a channel, or of all, by their names. */
    @Transactional(readOnly = true)
    public List<Label> list(Optional<ChannelId> channel) {
        return db.sql("""
                with label as (select * from channel_label where not deleted and (:channel::uuid is null or channel_id = :channel::uuid)),
                told as (
                    select l.id as label_id, c.id as chat_id, k.put, k.at
                      from label l join chat_label k on k.label_id = l.id join contact_identity i on i.kind = k.kind and i.value = k.value
                      join chat c on c.whole_id = i.whole_id and c.channel_id = l.channel_id
                     union all
                    select l.id, c.id, k.put, k.at
                      from label l join chat_label k on k.label_id = l.id and k.kind = 'GROUP'
                      join chat c on c.kind = 'GROUP' and c.address = k.value and c.channel_id = l.channel_id),
                last as (select distinct on (label_id, chat_id) label_id, put from told order by label_id, chat_id, at desc, put)
                select l.id, l.channel_id, l.name, l.colour, (select count(*) from last where last.label_id = l.id and last.put) as chats
                  from label l order by l.name, l.id
                """).param("channel", channel.map(ChannelId::value).orElse(null))
                .query((row, _) -> new Label(Rows.uuid(row, "id"), Rows.uuid(row, "channel_id"), row.getString("name"),
                        Optional.ofNullable(row.getString("colour")), row.getLong("chats"))).list();
    }

    @Transactional(readOnly = true)
    public Optional<Place> place(ChatId chat) {
        return db.sql("select channel_id, project_id, address from chat where id = :id").param("id", chat.value())
                .query((row, _) -> new Place(new ChannelId(Rows.uuid(row, "channel_id")), new ProjectId(Rows.uuid(row, "project_id")),
                        Optional.ofNullable(row.getString("address")))).optional();
    }

    /** As what a label is known here that its channel knows by an id of its own. */
    public static UUID id(ChannelId channel, String labelId) {
        return Uuids.v5(channel.value(), "label " + Text.storable(labelId));
    }

    /** A chat has these labels of its channel now and none of its others, since its channel has taken them all. */
    @Transactional
    public void set(ChatId chat, Place place, ChatAddress address, Collection<UUID> wanted, Instant at, Cause cause) {
        var named = name(address).orElseThrow();
        for (var label : list(Optional.of(place.channel()))) {
            var put = wanted.contains(label.id());
            if (put != has(chat.value(), label.id())) mark(label.id(), named[0], named[1], place.channel(), place.project(), put, at, cause);
        }
    }

    /** A channel that was asked has these labels and no others, by its own ids. */
    @Transactional
    public void keep(ChannelId channel, ProjectId project, Collection<String> labelIds, Instant at, Cause cause) {
        var there = labelIds.stream().map(labelId -> id(channel, labelId)).collect(Collectors.toSet());
        list(Optional.of(channel)).stream().filter(label -> !there.contains(label.id()))
                .forEach(gone -> describe(gone.id(), channel, project, gone.name(), Optional.empty(), true, at, cause));
    }

    /** Those of these chats of which it is not known that they have a label. */
    @Transactional(readOnly = true)
    public List<ChatAddress> without(UUID label, Collection<ChatAddress> chats) {
        var named = chats.stream().filter(chat -> name(chat).isPresent()).toList();
        return db.sql("""
                select n.place from unnest(:kinds::text[], :values::text[]) with ordinality n (kind, value, place)
                 where not exists (select from chat_label k where k.label_id = :label and k.kind = n.kind and k.value = n.value and k.put
                           and not exists (select from chat_label off where off.label_id = k.label_id and not off.put and off.at >= k.at))
                """).param("label", label).param("kinds", named.stream().map(chat -> name(chat).orElseThrow()[0]).toArray(String[]::new))
                .param("values", named.stream().map(chat -> name(chat).orElseThrow()[1]).toArray(String[]::new))
                .query(Integer.class).list().stream().map(place -> named.get(place - 1)).toList();
    }

    /** The addresses of the chats of a channel that have a label. */
    @Transactional(readOnly = true)
    public List<String> chatsWith(UUID label, ChannelId channel) {
        return db.sql("""
                with told as (
                    select c.* from chat_label k join contact_identity i on i.kind = k.kind and i.value = k.value
                      join chat c on c.whole_id = i.whole_id where k.label_id = :label and k.put
                     union
                    select c.* from chat_label k join chat c on c.kind = 'GROUP' and c.address = k.value
                     where k.label_id = :label and k.kind = 'GROUP' and k.put)
                select c.address from told c where c.channel_id = :channel and c.address is not null and\s""" + HAS_LABEL)
                .param("label", label).param("channel", channel.value()).query(String.class).list();
    }

    /** A channel tells something of its labels. */
    @Transactional
    public void record(ChannelId channel, ProjectId project, LabelNews news, Cause cause) {
        if (news.labelId().isBlank() || news.labelId().length() > LONGEST_ID) return;
        var label = id(channel, news.labelId());
        switch (news) {
            case LabelNews.Described(_, var name, var colour, var at) ->
                    describe(label, channel, project, name, colour.filter(told -> told.matches(COLOUR)), false, at, cause);
            case LabelNews.Deleted(_, var name, var at) -> describe(label, channel, project, name, Optional.empty(), true, at, cause);
            case LabelNews.OnChat(_, var chat, var put, var at) ->
                    name(chat).ifPresent(named -> mark(label, named[0], named[1], channel, project, put, at, cause));
        }
    }

    private void describe(UUID label, ChannelId channel, ProjectId project, String told, Optional<String> colour, boolean deleted,
            Instant at, Cause cause) {
        var name = Text.cut(Text.storable(told).strip(), LONGEST_NAME);
        var before = db.sql("select name, colour, deleted, at, version from channel_label where id = :id for update").param("id", label)
                .query((row, _) -> new Known(row.getString("name"), Optional.ofNullable(row.getString("colour")), row.getBoolean("deleted"),
                        Rows.instant(row, "at"), row.getLong("version"))).optional();
        if (before.isPresent() && !before.get().isBefore(at, deleted)) return;
        var version = before.map(known -> known.version() + 1).orElse(1L);
        db.sql("""
                insert into channel_label (tenant_id, id, channel_id, name, colour, deleted, at, version)
                values (:tenant, :id, :channel, :name, :colour, :deleted, :at, :version)
                on conflict (tenant_id, id) do update
                   set name = excluded.name, colour = excluded.colour, deleted = excluded.deleted, at = excluded.at, version = excluded.version
                """)
                .param("tenant", Tenancy.current().value()).param("id", label).param("channel", channel.value()).param("name", name)
                .param("colour", colour.orElse(null)).param("deleted", deleted).param("at", Rows.utc(at)).param("version", version).update();
        var same = before.filter(known -> known.deleted() == deleted
                && (deleted || known.name().equals(name) && known.colour().equals(colour))).isPresent();
        if (same || deleted && before.isEmpty()) return;
        var event = deleted ? new LabelEvent.LabelDeleted(label, channel.value(), name)
                : new LabelEvent.LabelChanged(label, channel.value(), name, colour);
        outbox.append(List.of(new NewEvent(event, "label", label, version, Optional.of(project), at, cause)));
    }

    private void mark(UUID label, String kind, String value, ChannelId channel, ProjectId project, boolean put, Instant at, Cause cause) {
        var chat = db.sql("""
                select id, version from chat c where channel_id = :channel and case when :kind = 'GROUP' then kind = 'GROUP' and address = :value
                       else whole_id = (select whole_id from contact_identity where project_id = :project and kind = :kind and value = :value) end
                """).param("channel", channel.value()).param("project", project.value()).param("kind", kind).param("value", value)
                .query(row -> row.next() ? Optional.of(new Met(Rows.uuid(row, "id"), row.getLong("version"))) : Optional.<Met>empty());
        // Somebody here and the channel may tell the same thing at once: what changed by it is told once.
        chat.ifPresent(met -> db.sql("select pg_advisory_xact_lock(hashtextextended('chat-label:' || :chat || ':' || :label, 0))")
                .param("chat", met.chat().toString()).param("label", label.toString()).query().singleRow());
        var before = chat.filter(met -> has(met.chat(), label)).isPresent();
        db.sql("""
                insert into chat_label as l (tenant_id, label_id, kind, value, put, at) values (:tenant, :label, :kind, :value, :put, :at)
                on conflict (tenant_id, label_id, kind, value) do update set put = excluded.put, at = excluded.at
                 where (l.at, not l.put) < (excluded.at, not excluded.put)
                """)
                .param("tenant", Tenancy.current().value()).param("label", label).param("kind", kind).param("value", value)
                .param("put", put).param("at", Rows.utc(at)).update();
        if (chat.isEmpty() || has(chat.get().chat(), label) == before) return;
        var id = chat.get().chat();
        outbox.append(List.of(new NewEvent(before ? new ChatEvent.ChatLabelRemoved(id, channel.value(), label)
                : new ChatEvent.ChatLabelAdded(id, channel.value(), label), "chat", id, chat.get().version(), Optional.of(project), at, cause)));
    }

    private boolean has(UUID chat, UUID label) {
        return db.sql("select " + HAS_LABEL + " from chat c where c.id = :chat").param("label", label).param("chat", chat)
                .query(Boolean.class).single();
    }

    /** Its kind and what it is. */
    private static Optional<String[]> name(ChatAddress chat) {
        if (chat.kind() == ChatAddress.Kind.GROUP) return Optional.of(new String[] {"GROUP", Text.storable(chat.address())});
        return chat.customer().flatMap(Labels::identity).map(identity -> new String[] {identity.kind().name(), identity.value()});
    }

    private static Optional<Identity> identity(Sighting customer) {
        return customer.phone().map(Identity::of).or(() -> customer.lid().map(Identity::ofLid));
    }
}
