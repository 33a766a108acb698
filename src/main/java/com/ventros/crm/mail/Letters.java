package com.ventros.crm.mail;

import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Letters that are due. A row says of what kind a letter is and about what, never what it says: its link is made when it
 * is sent. A crash between sending and forgetting sends it once more, with a new link that replaces the first.
 */
@Component
public class Letters {

    /** After each try: a mail server is mostly back within minutes, and after a night somebody has to look. */
    private static final List<Duration> SCHEDULE = List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(5),
            Duration.ofMinutes(15), Duration.ofMinutes(30), Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(4),
            Duration.ofHours(8));
    /** Longer than a try takes with all its time-outs; who died while sending holds a letter back no longer. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    /** A letter that whoever claimed it may try to send, and nobody else for a while. */
    record Due(TenantId tenant, String kind, UUID about, Language language, int attempt) {
        boolean isLast() {
            return attempt > SCHEDULE.size();
        }
    }

    private final JdbcClient db;
    private final JdbcClient system;
    private final Post post;

    Letters(JdbcClient db, @Qualifier("system") JdbcClient system, Post post) {
        this.db = db;
        this.system = system;
        this.post = post;
    }

    /** Refused where no mail can be sent at all, so that nobody waits for a letter in vain. */
    public void mustBeSendable() {
        if (!post.isOpen()) {
            throw Refusal.conflict("mail_not_configured", "This installation sends no mail; its operator sets spring.mail.host.");
        }
    }

    /** The address under which people find a page of ours. */
    public String link(String path) {
        return post.link(path);
    }

    /** Has a letter sent soon after this transaction; one about the same thing that still waits becomes it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void order(String kind, UUID about, Language language) {
        db.sql("""
                insert into letter (tenant_id, kind, about_id, language, attempts, created_at, next_attempt_at)
                values (:tenant, :kind, :about, :language, 0, now(), now())
                on conflict (tenant_id, kind, about_id) do update
                   set language = excluded.language, attempts = 0, created_at = now(), next_attempt_at = now()
                """)
                .param("tenant", Tenancy.current().value()).param("kind", kind).param("about", about)
                .param("language", language.name()).update();
    }

    /** Across tenants, by the index on when they are due. */
    List<Due> claim(int limit) {
        return system.sql("""
                update letter l
                   set attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => :lease)
                  from (select tenant_id, kind, about_id from letter where next_attempt_at <= now()
                         order by next_attempt_at limit :limit for update skip locked) due
                 where l.tenant_id = due.tenant_id and l.kind = due.kind and l.about_id = due.about_id
                returning l.tenant_id, l.kind, l.about_id, l.language, l.attempts
                """)
                .param("lease", LEASE.toSeconds()).param("limit", limit)
                .query((row, _) -> new Due(new TenantId(row.getObject(1, UUID.class)), row.getString(2),
                        row.getObject(3, UUID.class), Language.valueOf(row.getString(4)), row.getInt(5))).list();
    }

    /** It is done with, unless it was ordered anew meanwhile. */
    void forget(Due letter) {
        db.sql("delete from letter where kind = :kind and about_id = :about and attempts = :attempt")
                .param("kind", letter.kind()).param("about", letter.about()).param("attempt", letter.attempt()).update();
    }

    /** The next try is due when the schedule says. */
    void again(Due letter) {
        db.sql("""
                update letter set next_attempt_at = now() + make_interval(secs => :pause)
                 where kind = :kind and about_id = :about and attempts = :attempt
                """)
                .param("pause", SCHEDULE.get(letter.attempt() - 1).toSeconds()).param("kind", letter.kind())
                .param("about", letter.about()).param("attempt", letter.attempt()).update();
    }
}
