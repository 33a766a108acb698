package com.ventros.crm.accounts;

import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.EmailAddress;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.mail.Language;
import com.ventros.crm.mail.Letters;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Somebody has forgotten their password and sets another one with a link from a letter. */
@Component
public class ResetPassword {

    static final String LETTER = "PASSWORD_RESET";
    /** From the sending of the letter; who waits for it reads it at once. */
    static final Duration GOOD_FOR = Duration.ofHours(1);
    /** Longer than keeping a request takes, so that the time of the answer does not tell whether one was kept. */
    private static final Duration ANSWER_AFTER = Duration.ofMillis(200);

    private record Known(TenantId tenant, UserId user, String email) {}

    private final JdbcClient db;
    private final JdbcClient system;
    private final TransactionTemplate transaction;
    private final Letters letters;
    private final Members members;
    private final Passwords passwords;
    private final SignIns signIns;
    private final SignInThrottle throttle;

    ResetPassword(JdbcClient db, @Qualifier("system") JdbcClient system, TransactionTemplate transaction, Letters letters,
            Members members, Passwords passwords, SignIns signIns, SignInThrottle throttle) {
        this.db = db;
        this.system = system;
        this.transaction = transaction;
        this.letters = letters;
        this.members = members;
        this.passwords = passwords;
        this.signIns = signIns;
        this.throttle = throttle;
    }

    /** Sends a letter if somebody signs in with this address; whoever asks does not learn whether. */
    public void ask(String typed, Language language, String address) {
        letters.mustBeSendable();
        var email = EmailAddress.canonical(typed);
        throttle.count(SignInThrottle.Limit.RESET_OF_EMAIL, email);
        throttle.count(SignInThrottle.Limit.RESET_FROM_ADDRESS, address);
        var began = Instant.now();
        var known = system.sql("""
                select u.tenant_id, u.id, u.email
                  from app_user u join membership m on m.tenant_id = u.tenant_id and m.user_id = u.id
                 where u.email = :email and m.deactivated_at is null
                """).param("email", email).query((row, _) -> known(row.getObject(1, UUID.class), row.getObject(2, UUID.class),
                        row.getString(3))).optional();
        known.ifPresent(member -> Tenancy.run(member.tenant(), () -> transaction.executeWithoutResult(_ -> {
            db.sql("""
                    insert into password_reset (tenant_id, user_id, requested_at) values (:tenant, :user, now())
                    on conflict (tenant_id, user_id) do update set requested_at = now(), hash = null, expires_at = null
                    """).param("tenant", member.tenant().value()).param("user", member.user().value()).update();
            letters.order(LETTER, member.user().value(), language);
        })));
        waitUntil(began.plus(ANSWER_AFTER));
    }

    /** Sets the password, once; all sign-ins of the user are over. Refused when the link is unknown, used or too old. */
    public void complete(String token, String chosen) {
        var hash = new BearerToken(token).hash();
        var member = system.sql("""
                select r.tenant_id, r.user_id, u.email
                  from password_reset r join app_user u on u.tenant_id = r.tenant_id and u.id = r.user_id
                 where r.hash = :hash and r.expires_at > now()
                """).param("hash", hash).query((row, _) -> known(row.getObject(1, UUID.class), row.getObject(2, UUID.class),
                        row.getString(3))).optional().orElseThrow(() -> Refusal.notFound("password_reset"));
        var password = passwords.hash("newPassword", chosen, new EmailAddress(member.email()));
        var actor = new Actor(Actor.Kind.USER, member.user().toString());
        Tenancy.run(member.tenant(), () -> Cause.current().by(actor).run(() -> transaction.executeWithoutResult(_ -> {
            var used = db.sql("delete from password_reset where hash = :hash and expires_at > now()").param("hash", hash).update();
            if (used == 0) throw Refusal.notFound("password_reset");
            members.changePassword(member.user(), Optional.empty(), password, Instant.now());
            signIns.endAll(member.user(), SignIns.End.PASSWORD_RESET);
        })));
        throttle.anew(member.email());
    }

    private static Known known(UUID tenant, UUID user, String email) {
        return new Known(new TenantId(tenant), new UserId(user), email);
    }

    private static void waitUntil(Instant time) {
        try {
            var left = Duration.between(Instant.now(), time);
            if (left.isPositive()) Thread.sleep(left);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
