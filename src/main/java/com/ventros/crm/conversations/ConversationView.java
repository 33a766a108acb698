package com.ventros.crm.conversations;

import com.ventros.crm.http.Paging;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.media.FileName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What was said in a chat, the newest first, with all that became of it. */
@Component
@Transactional(readOnly = true)
public class ConversationView {

    /** A message as a screen shows it; constants are in lower case. {@code sentAgainAs} is the one that says once more what failed. */
    public record Shown(UUID id, UUID chatId, Optional<UUID> sessionId, String direction, String source,
            Optional<Author> author, String type, Optional<String> text, Optional<Media> media,
            Optional<MessageContent.Location> location, List<MessageContent.Card> cards, Optional<Poll> poll,
            Optional<String> choice, boolean viewOnce, Optional<ReplyTo> replyTo, List<Reaction> reactions,
            String status, Optional<Failure> failure, boolean waiting, Optional<Instant> editedAt,
            Optional<Instant> revokedAt, boolean forwarded, Instant sentAt, Optional<Instant> deliveredAt,
            Optional<Instant> readAt, List<Action> actions, Optional<UUID> sentAgainAs) {}

    /**
     * What was asked of a message here and is not done: {@code type} is {@code reaction}, {@code edit} or {@code revoke},
     * {@code value} the emoji or new text, {@code status} {@code queued}, {@code sending}, {@code failed} or
     * {@code unknown}.
     */
    public record Action(UUID id, String type, Optional<String> value, String status, Optional<Failure> failure,
            Instant requestedAt) {}

    /** Who wrote it: a member of a group, or somebody of ours. */
    public record Author(Optional<String> name, Optional<String> address) {}

    /**
     * {@code state} is {@code stored} (then {@code fileId} is there), {@code available} (the channel has it and it is being
     * fetched), {@code failed} or {@code absent}.
     */
    public record Media(String state, Optional<UUID> fileId, Optional<String> mimeType, Optional<String> fileName, Optional<Long> bytes,
            Optional<Integer> durationSeconds) {}

    public record Poll(String question, List<Option> options, boolean multipleAnswers) {}

    public record Option(String text, long votes) {}

    /** The message it answers; the id is empty when that one is not here. */
    public record ReplyTo(Optional<UUID> id, Optional<String> text, Optional<String> type, Optional<String> direction) {}

    public record Reaction(String emoji, int count, boolean mine) {}

    public record Failure(String code, String detail) {}

    private record Found(UUID channel, Optional<String> externalId, Shown message) {}

    private static final String MESSAGE = """
            select m.*, x.state as file_state, x.file_id, b.mime_type, b.bytes, r.id as reply_id, r.type as reply_type, r.direction as reply_direction, r.text as reply_now,
                   case when m.status = 'FAILED' then (select sent_again_as from send_intent i where i.message_id = m.id and i.act = 'SEND') end
                        as sent_again_as
              from message m
              left join message_file x on x.message_id = m.id
              left join media_file b on b.id = x.file_id
              left join message_ref f on f.channel_id = m.channel_id and f.external_id = m.reply_to_external_id
              left join message r on r.id = f.message_id and r.sent_at = f.sent_at
            """;

    private final JdbcClient db;

    ConversationView(JdbcClient db) {
        this.db = db;
    }

    /** A {@link Refusal} when there is no such chat. */
    public List<Shown> list(ChatId chat, Paging paging) {
        var params = new HashMap<String, Object>();
        var after = "";
        if (paging.after().isPresent()) {
            after = " and (m.sent_at, m.id) < (:afterTime::timestamptz, :afterId)";
            params.put("afterTime", paging.after().get().instant(0).toString());
            params.put("afterId", paging.after().get().uuid(1));
        }
        var found = db.sql(MESSAGE + " where m.chat_id = :chat" + after + " order by m.sent_at desc, m.id desc" + paging.rows())
                .param("chat", chat.value()).params(params)
                .query((row, _) -> found(row)).list();
        if (found.isEmpty() && db.sql("select from chat where id = :chat").param("chat", chat.value()).query().listOfRows().isEmpty()) {
            throw Refusal.notFound("chat");
        }
        return discussed(found);
    }

    public Optional<Shown> find(MessageId id) {
        return discussed(db.sql(MESSAGE + " where m.id = :id").param("id", id.value())
                .query((row, _) -> found(row)).list()).stream().findFirst();
    }

    /** Adds reactions and votes, which are kept under the provider's ids. */
    private List<Shown> discussed(List<Found> messages) {
        var keyed = messages.stream().filter(found -> found.externalId.isPresent()).toList();
        if (keyed.isEmpty()) return messages.stream().map(Found::message).toList();
        Map<UUID, List<Reaction>> reactions = new HashMap<>();
        db.sql("""
                select k.id, r.emoji, count(*) as n, bool_or(r.reactor = 'us') as mine
                  from unnest(:ids::uuid[], :channels::uuid[], :externals::text[]) k (id, channel_id, target_id)
                  join message_reaction r using (channel_id, target_id)
                 where r.emoji <> ''
                 group by k.id, r.emoji order by count(*) desc, r.emoji
                """)
                .param("ids", Rows.uuids(keyed, found -> found.message.id())).param("channels", Rows.uuids(keyed, Found::channel))
                .param("externals", Rows.texts(keyed, found -> found.externalId.orElseThrow()))
                .query((ResultSet row) -> {
                    reactions.computeIfAbsent(Rows.uuid(row, "id"), _ -> new ArrayList<>())
                            .add(new Reaction(row.getString("emoji"), row.getInt("n"), row.getBoolean("mine")));
                });
        var votes = votes(keyed.stream().filter(found -> found.message.poll().isPresent()).toList());
        var actions = actions(keyed);
        return messages.stream().map(found -> with(found.message,
                reactions.getOrDefault(found.message.id(), List.of()),
                votes.getOrDefault(found.message.id(), Map.of()),
                actions.getOrDefault(found.message.id(), List.of()))).toList();
    }

    private Map<UUID, Map<String, Long>> votes(List<Found> polls) {
        if (polls.isEmpty()) return Map.of();
        Map<UUID, Map<String, Long>> votes = new HashMap<>();
        db.sql("""
                select k.id, o.option, count(*) as n
                  from unnest(:ids::uuid[], :channels::uuid[], :externals::text[]) k (id, channel_id, target_id)
                  join message_vote v using (channel_id, target_id)
                 cross join lateral jsonb_array_elements_text(v.options::jsonb) o (option)
                 group by k.id, o.option
                """)
                .param("ids", Rows.uuids(polls, found -> found.message.id())).param("channels", Rows.uuids(polls, Found::channel))
                .param("externals", Rows.texts(polls, found -> found.externalId.orElseThrow()))
                .query((ResultSet row) -> {
                    votes.computeIfAbsent(Rows.uuid(row, "id"), _ -> new LinkedHashMap<>())
                            .put(row.getString("option"), row.getLong("n"));
                });
        return votes;
    }

    /** Of each kind the newest, unless it is done: then it shows as what it is. */
    private Map<UUID, List<Action>> actions(List<Found> messages) {
        Map<UUID, List<Action>> actions = new HashMap<>();
        db.sql("""
                select * from (
                    select distinct on (message_id, act) id, message_id, act, text, state, failure_code, failure_detail,
                           queued_at, position
                      from send_intent where message_id = any(:ids) and act <> 'SEND'
                     order by message_id, act, position desc) newest
                 where state <> 'SENT' order by position
                """)
                .param("ids", Rows.uuids(messages, found -> found.message.id()))
                .query((ResultSet row) -> {
                    var failure = row.getString("failure_code") == null ? Optional.<Failure>empty()
                            : Optional.of(new Failure(row.getString("failure_code"), row.getString("failure_detail")));
                    actions.computeIfAbsent(Rows.uuid(row, "message_id"), _ -> new ArrayList<>())
                            .add(new Action(Rows.uuid(row, "id"),
                                    ActOnMessage.name(SendQueue.Act.valueOf(row.getString("act"))),
                                    Optional.of(row.getString("text")).filter(text -> !text.isEmpty()),
                                    lower(row.getString("state")), failure, Rows.instant(row, "queued_at")));
                });
        return actions;
    }

    private static Shown with(Shown m, List<Reaction> reactions, Map<String, Long> votes, List<Action> actions) {
        var poll = m.poll().map(asked -> new Poll(asked.question(), asked.options().stream()
                .map(option -> new Option(option.text(), votes.getOrDefault(option.text(), 0L))).toList(),
                asked.multipleAnswers()));
        return new Shown(m.id(), m.chatId(), m.sessionId(), m.direction(), m.source(), m.author(), m.type(), m.text(),
                m.media(), m.location(), m.cards(), poll, m.choice(), m.viewOnce(), m.replyTo(), reactions, m.status(),
                m.failure(), m.waiting(), m.editedAt(), m.revokedAt(), m.forwarded(), m.sentAt(), m.deliveredAt(),
                m.readAt(), actions, m.sentAgainAs());
    }

    private static Found found(ResultSet row) throws SQLException {
        var extras = Optional.ofNullable(row.getString("content")).map(json -> Rows.read(json, Said.Extras.class));
        var phone = Optional.ofNullable(row.getString("author_phone")).map(PhoneNumber::new).map(PhoneNumber::international);
        var name = Optional.ofNullable(row.getString("author_name"));
        var lid = Optional.ofNullable(row.getString("author_lid")).map(digits -> digits + "@lid");
        var author = name.isPresent() || phone.isPresent() || lid.isPresent()
                ? Optional.of(new Author(name, phone.or(() -> lid))) : Optional.<Author>empty();
        var failure = row.getString("failure_code") == null ? Optional.<Failure>empty()
                : Optional.of(new Failure(row.getString("failure_code"), row.getString("failure_detail")));
        var shown = new Shown(Rows.uuid(row, "id"), Rows.uuid(row, "chat_id"),
                Optional.ofNullable(Rows.uuid(row, "session_id")), lower(row.getString("direction")),
                lower(row.getString("source")), author, lower(row.getString("type")),
                Optional.ofNullable(row.getString("text")),
                media(extras, row),
                extras.flatMap(Said.Extras::location), extras.map(Said.Extras::cards).orElse(List.of()),
                extras.flatMap(Said.Extras::poll).map(poll -> new Poll(poll.question(),
                        poll.options().stream().map(text -> new Option(text, 0)).toList(), poll.multipleAnswers())),
                extras.flatMap(Said.Extras::choice), extras.map(Said.Extras::viewOnce).orElse(false), replyTo(row),
                List.of(), lower(row.getString("status")), failure, row.getBoolean("waiting"),
                Optional.ofNullable(Rows.instant(row, "edited_at")), Optional.ofNullable(Rows.instant(row, "revoked_at")),
                row.getBoolean("forwarded"), Rows.instant(row, "sent_at"),
                Optional.ofNullable(Rows.instant(row, "delivered_at")), Optional.ofNullable(Rows.instant(row, "read_at")),
                List.of(), Optional.ofNullable(Rows.uuid(row, "sent_again_as")));
        return new Found(Rows.uuid(row, "channel_id"), Optional.ofNullable(row.getString("external_id")), shown);
    }

    private static Optional<Media> media(Optional<Said.Extras> extras, ResultSet row) throws SQLException {
        var fetched = Optional.ofNullable(row.getString("file_state"));
        var file = Optional.ofNullable(Rows.uuid(row, "file_id"));
        // Of a file that is here the bytes tell; before, the channel does.
        var type = Optional.ofNullable(row.getString("mime_type"));
        var bytes = Optional.ofNullable(row.getObject("bytes", Long.class));
        return extras.flatMap(Said.Extras::media).map(media -> new Media(
                fetched.filter(state -> !state.equals("WAITING")).map(ConversationView::lower).orElseGet(() -> lower(media.state().name())),
                file, type.or(media::mimeType), media.fileName().map(FileName::clean), bytes.or(media::bytes), media.durationSeconds()));
    }

    private static Optional<ReplyTo> replyTo(ResultSet row) throws SQLException {
        if (row.getString("reply_to_external_id") == null) return Optional.empty();
        var quoted = Optional.ofNullable(row.getString("reply_text"));
        var now = Optional.ofNullable(row.getString("reply_now"));
        return Optional.of(new ReplyTo(Optional.ofNullable(Rows.uuid(row, "reply_id")), now.or(() -> quoted),
                Optional.ofNullable(row.getString("reply_type")).map(ConversationView::lower),
                Optional.ofNullable(row.getString("reply_direction")).map(ConversationView::lower)));
    }

    private static String lower(String constant) {
        return constant.toLowerCase(Locale.ROOT);
    }
}
