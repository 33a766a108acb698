package com.ventros.crm.channels;

import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.conversations.ChatId;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What was read here and could not be shown to those who wrote it. It is tried again in pauses that grow, for an hour after the chat was
 * read last: what is read later in a chat that waits is shown together with it. What keeps one waiting keeps the others of its channel.
 */
@Component
public class ReadMarks {

    /** A chat of which something waits to be shown as read. */
    public record Due(TenantId tenant, ChatId chat) {}

    /** What came after a time, or all, and until another. */
    public record Mark(ChatId chat, ChannelId channel, Optional<Instant> since, Instant until, int attempts, Instant giveUpAt) {}

    /** Later a tick that turns blue tells nobody anything. */
    static final Duration TRIED_FOR = Duration.ofHours(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    /** A try takes some seconds for each writer of a group: whoever claimed it then is gone. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final JdbcClient db;
    private final JdbcClient system;

    ReadMarks(JdbcClient db, @Qualifier("system") JdbcClient system) {
        this.db = db;
        this.system = system;
    }

    /** Since when a chat has to be shown as read that was read since then: longer, while an earlier reading waits. */
    @Transactional(readOnly = true)
    public Optional<Instant> since(ChatId chat, Optional<Instant> since) {
        return db.sql("select since from read_mark where chat_id = :chat").param("chat", chat.value())
                .query((row, _) -> instant(row.getObject("since", OffsetDateTime.class))).optional()
                .map(earlier -> earlier.flatMap(one -> since.map(other -> one.isBefore(other) ? one : other))).orElse(since);
    }

    /** Whether anything waits for a channel: another try would only wait for its server as well. */
    @Transactional(readOnly = true)
    public boolean waitFor(ChannelId channel) {
        return db.sql("select exists (select from read_mark where channel_id = :channel)").param("channel", channel.value())
                .query(Boolean.class).single();
    }

    /** It cannot be shown now; it is tried when the others of its channel are. */
    @Transactional
    public void keep(ChatId chat, ChannelId channel, Optional<Instant> since, Instant until) {
        db.sql("""
                insert into read_mark as m (tenant_id, chat_id, channel_id, since, until, not_before, give_up_at)
                values (:tenant, :chat, :channel, :since, :until,
                        coalesce((select max(not_before) from read_mark where channel_id = :channel), now() + :pause::interval), now() + :kept::interval)
                on conflict (tenant_id, chat_id) do update
                   set channel_id = excluded.channel_id, until = greatest(m.until, excluded.until), give_up_at = excluded.give_up_at,
                       since = case when m.since is null or excluded.since is null then null else least(m.since, excluded.since) end
                """)
                .param("tenant", Tenancy.current().value()).param("chat", chat.value()).param("channel", channel.value())
                .param("since", since.map(ReadMarks::utc).orElse(null)).param("until", utc(until))
                .param("pause", FIRST_PAUSE.toString()).param("kept", TRIED_FOR.toString()).update();
    }

    /** Across tenants: what has waited longest of each channel that may be asked again. */
    public List<Due> due(int limit) {
        return system.sql("""
                select tenant_id, chat_id from (
                    select distinct on (tenant_id, channel_id) tenant_id, chat_id, not_before from read_mark where not_before <= now()
                     order by tenant_id, channel_id, not_before) d
                 order by not_before limit :limit
                """).param("limit", limit)
                .query((row, _) -> new Due(new TenantId(row.getObject("tenant_id", UUID.class)), new ChatId(row.getObject("chat_id", UUID.class))))
                .list();
    }

    /** Empty when somebody else tries it. */
    @Transactional
    public Optional<Mark> claim(ChatId chat) {
        return db.sql("""
                update read_mark set attempts = attempts + 1, not_before = now() + :lease::interval
                 where chat_id = :chat and not_before <= now() returning *
                """).param("chat", chat.value()).param("lease", LEASE.toString())
                .query((row, _) -> new Mark(chat, new ChannelId(row.getObject("channel_id", UUID.class)),
                        instant(row.getObject("since", OffsetDateTime.class)), row.getObject("until", OffsetDateTime.class).toInstant(),
                        row.getInt("attempts"), row.getObject("give_up_at", OffsetDateTime.class).toInstant())).optional();
    }

    /** All that was read until then is shown; what of it was kept waits no more. */
    @Transactional
    public void shown(ChatId chat, Instant until) {
        db.sql("delete from read_mark where chat_id = :chat and until <= :until").param("chat", chat.value()).param("until", utc(until)).update();
    }

    /** It could not be shown this time either. False when that was the last. */
    @Transactional
    public boolean failed(Mark mark) {
        var last = db.sql("delete from read_mark where chat_id = :chat and give_up_at <= now()").param("chat", mark.chat().value()).update() > 0;
        var doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(mark.attempts(), 10));
        var pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        db.sql("update read_mark set not_before = now() + :pause::interval where channel_id = :channel and (chat_id = :chat or not_before <= now())")
                .param("pause", pause.toString()).param("channel", mark.channel().value()).param("chat", mark.chat().value()).update();
        return !last;
    }

    /** A channel works again: what waits for it has waited long enough. */
    @Transactional
    public void wake(ChannelId channel) {
        db.sql("update read_mark set not_before = now() where channel_id = :channel and not_before > now()").param("channel", channel.value()).update();
    }

    private static Optional<Instant> instant(OffsetDateTime at) {
        return Optional.ofNullable(at).map(OffsetDateTime::toInstant);
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
