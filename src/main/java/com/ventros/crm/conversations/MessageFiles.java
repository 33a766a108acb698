package com.ventros.crm.conversations;

import com.ventros.crm.events.Cause;
import com.ventros.crm.media.MediaId;
import com.ventros.crm.media.MediaUse;
import com.ventros.crm.tenancy.Tenancy;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps which file belongs to a message, and how far its fetching is. */
@Repository
class MessageFiles implements MediaUse {

    private final JdbcClient db;

    MessageFiles(JdbcClient db) {
        this.db = db;
    }

    /** Our own message carries a file that is here. */
    void attach(Message message, MediaId file, Cause cause, Instant now) {
        db.sql("""
                insert into message_file (tenant_id, message_id, message_sent_at, channel_id, state, file_id, not_before,
                                          correlation_id, causation_id, traceparent)
                values (:tenant, :message, :sentAt, :channel, 'STORED', :file, :now, :correlation, :causation, :traceparent)
                """)
                .param("tenant", Tenancy.current().value()).param("message", message.id.value())
                .param("sentAt", Rows.utc(message.sentAt)).param("channel", message.place.channel().value())
                .param("file", file.value()).param("now", Rows.utc(now)).param("correlation", cause.correlationId())
                .param("causation", cause.causationId()).param("traceparent", cause.traceparent().orElse(null)).update();
    }

    /** These messages have come, and the channel has their files. */
    void want(Collection<Message> messages, Instant now) {
        var wanted = messages.stream().filter(message -> url(message).isPresent()).toList();
        if (wanted.isEmpty()) return;
        db.sql("""
                insert into message_file (tenant_id, message_id, message_sent_at, channel_id, state, url, not_before,
                                          correlation_id, causation_id, traceparent)
                select :tenant, w.id, w.sent_at, w.channel, 'WAITING', w.url, :now, w.correlation, w.causation, w.traceparent
                  from unnest(:ids::uuid[], :times::timestamptz[], :channels::uuid[], :urls::text[], :correlations::uuid[],
                              :causations::uuid[], :traceparents::text[])
                    w (id, sent_at, channel, url, correlation, causation, traceparent)
                    on conflict do nothing
                """)
                .param("tenant", Tenancy.current().value()).param("now", Rows.utc(now))
                .param("ids", Rows.uuids(wanted, message -> message.id.value()))
                .param("times", Rows.times(wanted, message -> message.sentAt))
                .param("channels", Rows.uuids(wanted, message -> message.place.channel().value()))
                .param("urls", Rows.texts(wanted, message -> url(message).orElseThrow().toString()))
                .param("correlations", Rows.uuids(wanted, message -> message.cause.correlationId()))
                .param("causations", Rows.uuids(wanted, message -> message.cause.causationId()))
                .param("traceparents", Rows.texts(wanted, message -> message.cause.traceparent().orElse(null)))
                .update();
    }

    private static Optional<URI> url(Message message) {
        return message.said().extras().flatMap(Said.Extras::media)
                .filter(media -> media.state() == MessageContent.MediaState.AVAILABLE).flatMap(MessageContent.Media::url);
    }

    /** Whether the words of the message stand under a file. */
    boolean carries(MessageId message) {
        return db.sql("select exists (select from message_file where message_id = :message)").param("message", message.value())
                .query(Boolean.class).single();
    }

    /** False when it was settled before. */
    boolean stored(MessageId message, MediaId file) {
        return db.sql("""
                update message_file set state = 'STORED', file_id = :file where message_id = :message and state = 'WAITING'
                """).param("message", message.value()).param("file", file.value()).update() == 1;
    }

    /** False when it was settled before. */
    boolean failed(MessageId message, String code) {
        return db.sql("""
                update message_file set state = 'FAILED', failure_code = :code where message_id = :message and state = 'WAITING'
                """).param("message", message.value()).param("code", code).update() == 1;
    }

    void again(MessageId message, Instant notBefore) {
        db.sql("update message_file set not_before = :at where message_id = :message and state = 'WAITING'")
                .param("message", message.value()).param("at", Rows.utc(notBefore)).update();
    }

    /** By messages, and by those that are to be sent later. */
    @Override
    public Collection<MediaId> inUse(Collection<MediaId> files) {
        return db.sql("""
                select file_id from message_file where file_id = any (:files)
                union select file_id from scheduled_message where file_id = any (:files)
                """)
                .param("files", files.stream().map(MediaId::value).toArray(UUID[]::new))
                .query((row, _) -> new MediaId(Rows.uuid(row, "file_id"))).list();
    }

    /** The message turned out to be another one. */
    void delete(Message twin) {
        db.sql("delete from message_file where message_id = :message").param("message", twin.id.value()).update();
    }
}
