package com.ventros.crm.accounts;

import com.ventros.crm.kernel.EmailAddress;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Somebody proves who they are with e-mail address and password. */
@Component
public class SignIn {

    /** Who they say they are, and from where they come. */
    public record Command(String email, String password, SignIns.Client from) {
        @Override
        public String toString() {
            return "SignIn[" + email + "]";
        }
    }

    private record Known(TenantId tenant, UserId user, String hash, boolean active) {}

    private final JdbcClient system;
    private final Passwords passwords;
    private final SignInThrottle throttle;
    private final SignIns signIns;

    SignIn(@Qualifier("system") JdbcClient system, Passwords passwords, SignInThrottle throttle, SignIns signIns) {
        this.system = system;
        this.passwords = passwords;
        this.throttle = throttle;
        this.signIns = signIns;
    }

    /** One refusal for an unknown address and for a wrong password, after the same time. */
    public SignIns.Tokens handle(Command command) {
        var email = EmailAddress.canonical(command.email());
        throttle.attempt(email, command.from().address());
        var known = system.sql("""
                select u.tenant_id, u.id, u.password_hash, m.deactivated_at is null as active
                  from app_user u join membership m on m.tenant_id = u.tenant_id and m.user_id = u.id
                 where u.email = :email
                """)
                .param("email", email)
                .query((row, _) -> new Known(new TenantId(row.getObject("tenant_id", UUID.class)),
                        new UserId(row.getObject("id", UUID.class)), row.getString("password_hash"), row.getBoolean("active")))
                .optional();
        if (known.isEmpty()) passwords.matchNobody(command.password());
        var right = known.filter(user -> passwords.matches(command.password(), user.hash()))
                .orElseThrow(() -> new Refusal(Refusal.Kind.UNAUTHENTICATED, "sign_in_failed",
                        "E-mail address or password is wrong."));
        throttle.succeeded(email, command.from().address());
        if (!right.active()) {
            throw new Refusal(Refusal.Kind.FORBIDDEN, "member_deactivated", "Your company has deactivated your account.");
        }
        if (passwords.isOutdated(right.hash())) strengthen(right, command.password());
        return signIns.begin(right.tenant(), right.user(), command.from());
    }

    /** The only moment at which the password is at hand. */
    private void strengthen(Known user, String password) {
        system.sql("update app_user set password_hash = :hash where id = :id and password_hash = :old")
                .param("hash", passwords.rehash(password)).param("id", user.user().value())
                .param("old", user.hash()).update();
    }
}
