package com.ventros.crm.replies;

import com.ventros.crm.conversations.MessageType;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.media.MediaId;
import com.ventros.crm.media.MediaUse;
import com.ventros.crm.replies.CannedReply.Attachment;
import com.ventros.crm.replies.CannedReply.Wording;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Keeps canned replies and counts their use. */
@Repository
class CannedReplies implements MediaUse {

    private record FileRow(UUID file, String type, String name) {}

    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** Of the canned reply {@code r}, in their order. */
    static final String FILES = """
            (select coalesce(jsonb_agg(jsonb_build_object('file', f.file_id, 'type', f.type, 'name', f.file_name)
                                       order by f.position), '[]')
               from canned_reply_file f where f.reply_id = r.id) as files
            """;

    private final JdbcClient db;
    private final Outbox outbox;

    CannedReplies(JdbcClient db, Outbox outbox) {
        this.db = db;
        this.outbox = outbox;
    }

    @Override
    public Collection<MediaId> inUse(Collection<MediaId> files) {
        return db.sql("select file_id from canned_reply_file where file_id = any (:files)")
                .param("files", files.stream().map(MediaId::value).toArray(UUID[]::new))
                .query((row, _) -> new MediaId(row.getObject(1, UUID.class))).list();
    }

    /** Those of everybody and those of this member; others have theirs for themselves. */
    Optional<CannedReply> find(CannedReplyId id, Optional<UUID> member) {
        return one(id, member, "");
    }

    /** The same, locked until the transaction ends. */
    Optional<CannedReply> findForUpdate(CannedReplyId id, Optional<UUID> member) {
        return one(id, member, " for update of r");
    }

    private Optional<CannedReply> one(CannedReplyId id, Optional<UUID> member, String lock) {
        return db.sql("select r.*, " + FILES + " from canned_reply r where r.id = :id"
                        + " and (r.owner_user_id is null or r.owner_user_id = :member::uuid)" + lock)
                .param("id", id.value()).param("member", member.orElse(null))
                .query((row, _) -> new CannedReply(id, new ProjectId(row.getObject("project_id", UUID.class)),
                        Optional.ofNullable(row.getObject("owner_user_id", UUID.class)), wording(row),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(), row.getLong("version")))
                .optional();
    }

    static Wording wording(ResultSet row) throws SQLException {
        var files = List.of(JSON.readValue(row.getString("files"), FileRow[].class));
        return new Wording(row.getString("short_code"), row.getString("title"), Optional.ofNullable(row.getString("text")),
                files.stream().map(file -> new Attachment(new MediaId(file.file()), MessageType.valueOf(file.type()),
                        Optional.ofNullable(file.name()))).toList());
    }

    /** How many there are beside each other: everybody's, or one member's. */
    int count(ProjectId project, Optional<UUID> owner) {
        return db.sql("""
                select count(*) from canned_reply
                 where project_id = :project and owner_user_id is not distinct from :owner::uuid
                """).param("project", project.value()).param("owner", owner.orElse(null)).query(Integer.class).single();
    }

    void add(CannedReply reply) {
        try {
            db.sql("""
                    insert into canned_reply (tenant_id, id, project_id, owner_user_id, short_code, title, text, created_at, version)
                    values (:tenant, :id, :project, :owner, :code, :title, :text, :createdAt, 1)
                    """)
                    .param("tenant", Tenancy.current().value()).param("id", reply.id.value())
                    .param("project", reply.project.value()).param("owner", reply.owner.orElse(null))
                    .param("code", reply.wording().shortCode()).param("title", reply.wording().title())
                    .param("text", reply.wording().text().orElse(null))
                    .param("createdAt", reply.createdAt.atOffset(ZoneOffset.UTC)).update();
        } catch (DuplicateKeyException taken) {
            throw taken();
        }
        attach(reply);
        tell(reply, 1, reply.createdAt);
    }

    void save(CannedReply reply, Instant now) {
        try {
            db.sql("""
                    update canned_reply set short_code = :code, title = :title, text = :text, version = version + 1
                     where id = :id
                    """)
                    .param("code", reply.wording().shortCode()).param("title", reply.wording().title())
                    .param("text", reply.wording().text().orElse(null)).param("id", reply.id.value()).update();
        } catch (DuplicateKeyException taken) {
            throw taken();
        }
        db.sql("delete from canned_reply_file where reply_id = :id").param("id", reply.id.value()).update();
        attach(reply);
        tell(reply, reply.storedVersion + 1, now);
    }

    void delete(CannedReply reply, Instant now) {
        db.sql("delete from canned_reply where id = :id").param("id", reply.id.value()).update();
        tell(reply, reply.storedVersion + 1, now);
    }

    /** Use is no change of the reply: who edits it loses nothing against those who send it. */
    void used(CannedReplyId id, Instant now) {
        db.sql("update canned_reply set uses = uses + 1, last_used_at = greatest(last_used_at, :now) where id = :id")
                .param("now", now.atOffset(ZoneOffset.UTC)).param("id", id.value()).update();
    }

    private void attach(CannedReply reply) {
        var files = reply.wording().attachments();
        if (files.isEmpty()) return;
        db.sql("""
                insert into canned_reply_file (tenant_id, reply_id, position, file_id, type, file_name)
                select :tenant, :reply, (f.position - 1)::smallint, f.file, f.type, f.name
                  from unnest(:files::uuid[], :types::text[], :names::text[]) with ordinality f (file, type, name, position)
                """)
                .param("tenant", Tenancy.current().value()).param("reply", reply.id.value())
                .param("files", files.stream().map(one -> one.file().value()).toArray(UUID[]::new))
                .param("types", files.stream().map(one -> one.as().name()).toArray(String[]::new))
                .param("names", files.stream().map(one -> one.name().orElse(null)).toArray(String[]::new)).update();
    }

    private static Refusal taken() {
        return Refusal.conflict("short_code_taken", "Another reply goes by this short code.");
    }

    private void tell(CannedReply reply, long version, Instant now) {
        outbox.append(reply.takeEvents().stream().map(event -> new NewEvent(event, "canned_reply", reply.id.value(), version,
                Optional.of(reply.project), now, Cause.current())).toList());
    }
}
