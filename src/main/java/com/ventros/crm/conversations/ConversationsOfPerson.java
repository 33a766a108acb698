package com.ventros.crm.conversations;

import com.ventros.crm.contacts.HeldRows;
import com.ventros.crm.contacts.HeldRows.Held;
import com.ventros.crm.contacts.PersonalData;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.media.DeleteMedia;
import com.ventros.crm.media.MediaId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * What was said with a person. Their own chats go; in groups, where others go on talking, what they wrote is emptied and what
 * they put below others' messages is taken off.
 */
@Component
class ConversationsOfPerson implements PersonalData {

    private static final String CHATS = "(select id from chat where contact_id = any (:contacts))";
    private static final String MESSAGES = "(select m.id from message m where m.chat_id in " + CHATS + ")";
    private static final String NAMES = "(select m.channel_id, m.external_id from message m where m.chat_id in " + CHATS
            + " and m.external_id is not null)";
    private static final String SCHEDULED = "t.chat_id in " + CHATS + " or t.phone = any (:phones)";
    /** As they stand below messages in groups. */
    private static final String WRITERS = "array(select unnest(:phones::text[]) union all select lid || '@lid' from unnest(:lids::text[]) lid)";
    /** Of messages in groups, found along the group's own index. */
    private static final String IN_GROUPS = """
            t.chat_id in (select id from chat where kind = 'GROUP')
              and (t.author_phone = any (:phones) or t.author_lid = any (:lids))
            """;

    private static final List<Held> HELD = List.of(
            Held.row("message_file", "t.message_id in " + MESSAGES),
            Held.aggregate("scheduled_message", SCHEDULED),
            Held.row("send_intent", "t.chat_id in " + CHATS),
            Held.row("message_reaction", "(t.channel_id, t.target_id) in " + NAMES + " or t.reactor = any (" + WRITERS + ")"),
            Held.row("message_vote", "(t.channel_id, t.target_id) in " + NAMES + " or t.voter = any (" + WRITERS + ")"),
            Held.row("message_edit", "(t.channel_id, t.target_id) in " + NAMES),
            Held.row("message_ref", "(t.channel_id, t.external_id) in " + NAMES),
            Held.aggregate("message", "t.chat_id in " + CHATS),
            Held.row("session_assignment", "t.session_id in (select id from session where chat_id in " + CHATS + ")"),
            Held.aggregate("session", "t.chat_id in " + CHATS),
            Held.row("chat_label", "t.kind = 'PHONE' and t.value = any (:phones) or t.kind = 'LID' and t.value = any (:lids)"),
            Held.row("call", "t.contact_id = any (:contacts)"),
            Held.aggregate("chat", "t.contact_id = any (:contacts)"));
    private static final Held WRITTEN_IN_GROUPS = Held.row("message", IN_GROUPS);

    private record Call(UUID channel, String id) {}

    private record Written(UUID id, UUID channelId, String externalId) {}

    private final HeldRows rows;
    private final DeleteMedia deleteMedia;
    private final JdbcClient db;

    ConversationsOfPerson(HeldRows rows, DeleteMedia deleteMedia, JdbcClient db) {
        this.rows = rows;
        this.deleteMedia = deleteMedia;
        this.db = db;
    }

    @Override
    public Map<String, List<JsonNode>> of(Person person) {
        var all = new LinkedHashMap<>(rows.read(HELD, person));
        all.put("message_in_groups", rows.read(List.of(WRITTEN_IN_GROUPS), person).get("message"));
        return all;
    }

    /** Refused while a message to the person is on its way: its echo would bring them back. */
    @Override
    public Removed erase(Person person) {
        var params = rows.params(person);
        boolean sending = db.sql("select exists (select from send_intent where state = 'SENDING' and chat_id in " + CHATS + ")").params(params)
                .query(Boolean.class).single();
        if (sending) throw Refusal.conflict("message_being_sent", "A message to this contact is being sent; try again in a moment.");
        var files = new TreeSet<UUID>(db.sql("select distinct t.file_id from message_file t where t.file_id is not null and t.message_id in " + MESSAGES)
                .params(params).query(UUID.class).list());
        files.addAll(db.sql("select distinct t.file_id from scheduled_message t where t.file_id is not null and (" + SCHEDULED + ")")
                .params(params).query(UUID.class).list());
        var aggregates = new TreeSet<UUID>();
        db.sql("select distinct channel_id as channel, call_id as id from call where contact_id = any (:contacts)").params(params)
                .query(Call.class).list().forEach(call -> aggregates.add(Uuids.v5(call.channel(), call.id())));
        var removed = rows.delete(HELD, person).and(empty(params, files));
        return removed.and(new Removed(Map.of(), aggregates, deleteMedia.unused(files.stream().map(MediaId::new).toList())));
    }

    /** What they wrote in groups says nothing any more; that somebody wrote, and when, belongs to the others' conversation. */
    private Removed empty(Map<String, Object> params, TreeSet<UUID> files) {
        var written = db.sql("select t.id, t.channel_id, t.external_id from message t where " + IN_GROUPS).params(params).query(Written.class).list();
        if (written.isEmpty()) return new Removed(Map.of(), new TreeSet<>(), 0);
        var ids = written.stream().map(Written::id).toArray(UUID[]::new);
        var names = written.stream().map(Written::externalId).toArray(String[]::new);
        var channels = written.stream().map(Written::channelId).toArray(UUID[]::new);
        files.addAll(db.sql("delete from message_file where message_id = any (:ids) returning file_id").param("ids", ids)
                .query((row, _) -> Optional.ofNullable(row.getObject(1, UUID.class))).list().stream().flatMap(Optional::stream).toList());
        var named = "unnest(:channels::uuid[], :names::text[]) n (channel, name)";
        db.sql("update message set reply_text = null from " + named + " where reply_to_external_id = n.name and channel_id = n.channel and reply_text is not null")
                .param("channels", channels).param("names", names).update();
        long edits = db.sql("delete from message_edit e using " + named + " where e.channel_id = n.channel and e.target_id = n.name")
                .param("channels", channels).param("names", names).update();
        db.sql("update message_ref r set edited_text = '' from " + named
                + " where r.channel_id = n.channel and r.external_id = n.name and r.edited_text is not null")
                .param("channels", channels).param("names", names).update();
        long emptied = db.sql("""
                update message set text = null, original_text = null, content = null, reply_text = null, ad = null,
                       author_name = null, author_phone = null, author_lid = null
                 where id = any (:ids)
                """).param("ids", ids).update();
        return new Removed(Map.of("message", emptied, "message_edit", edits), new TreeSet<>(Arrays.asList(ids)), 0);
    }
}
