package com.ventros.crm.replies;

import com.ventros.crm.http.Paging;
import com.ventros.crm.kernel.Codes;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.specifications.Folding;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Canned replies as a screen shows them. */
@Component
@Transactional(readOnly = true)
public class CannedReplyView {

    /**
     * A canned reply.
     *
     * @param personal whether the caller alone has it
     * @param uses     how often it was sent or taken into a message
     */
    public record Shown(UUID id, UUID projectId, String shortCode, String title, Optional<String> text,
            List<ShownFile> attachments, boolean personal, long uses, Optional<Instant> lastUsedAt, Instant createdAt,
            long version) {}

    /** {@code type} is what it is shown as: {@code image}, {@code video}, {@code voice}, {@code audio} or {@code document}. */
    public record ShownFile(UUID fileId, String type, Optional<String> fileName) {}

    private static final String REPLY = "select r.*, " + CannedReplies.FILES + " from canned_reply r";

    private final JdbcClient db;

    CannedReplyView(JdbcClient db) {
        this.db = db;
    }

    /**
     * Everybody's and the member's own, by short code (along {@code canned_reply_by_code}); with a search text those whose
     * short code begins with it or whose title holds it.
     */
    public List<Shown> list(ProjectId project, Optional<UUID> member, Optional<String> search, Paging paging) {
        var wanted = search.map(CannedReply::folded).filter(text -> !text.isEmpty()).map(Folding::literal);
        return db.sql(REPLY + """
                 where r.project_id = :project and (r.owner_user_id is null or r.owner_user_id = :member::uuid)
                   and (:search::text is null or r.short_code like :search || '%'
                        or folded(r.title) like '%' || :search || '%')
                   and (:afterCode::text is null or (r.short_code, r.id) > (:afterCode::text, :afterId::uuid))
                 order by r.short_code, r.id limit :limit
                """)
                .param("project", project.value()).param("member", member.orElse(null)).param("search", wanted.orElse(null))
                .param("afterCode", paging.after().map(after -> after.text(0)).orElse(null))
                .param("afterId", paging.after().map(after -> after.uuid(1)).orElse(null))
                .param("limit", paging.fetch()).query((row, _) -> shown(row)).list();
    }

    public Optional<Shown> find(CannedReplyId id, Optional<UUID> member) {
        return db.sql(REPLY + " where r.id = :id and (r.owner_user_id is null or r.owner_user_id = :member::uuid)")
                .param("id", id.value()).param("member", member.orElse(null)).query((row, _) -> shown(row)).optional();
    }

    private static Shown shown(ResultSet row) throws SQLException {
        var wording = CannedReplies.wording(row);
        return new Shown(row.getObject("id", UUID.class), row.getObject("project_id", UUID.class), wording.shortCode(),
                wording.title(), wording.text(), files(wording), row.getObject("owner_user_id") != null, row.getLong("uses"),
                Optional.ofNullable(row.getObject("last_used_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant),
                row.getObject("created_at", OffsetDateTime.class).toInstant(), row.getLong("version"));
    }

    static List<ShownFile> files(CannedReply.Wording wording) {
        return wording.attachments().stream().map(one -> new ShownFile(one.file().value(), Codes.of(one.as()), one.name())).toList();
    }
}
