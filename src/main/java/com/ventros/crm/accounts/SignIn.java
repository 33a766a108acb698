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

    /** @param address the network address they come from */
    public record Command(String email, String password, String address) {
        @Override
        public String toString() {
            return "SignIn[" + email + "]";
        }
    }

    private record Known(TenantId tenant, UserId user, String hash) {}

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
        throttle.attempt(email, command.address());
        var known = system.sql("select tenant_id, id, password_hash from app_user where email = :email")
                .param("email", email)
                .query((row, _) -> new Known(new TenantId(row.getObject("tenant_id", UUID.class)),
                        new UserId(row.getObject("id", UUID.class)), row.getString("password_hash")))
                .optional();
        if (known.isEmpty()) passwords.matchNobody(command.password());
        var right = known.filter(user -> passwords.matches(command.password(), user.hash()))
                .orElseThrow(() -> new Refusal(Refusal.Kind.UNAUTHENTICATED, "sign_in_failed",
                        "E-mail address or password is wrong."));
        throttle.succeeded(email, command.address());
        if (passwords.isOutdated(right.hash())) strengthen(right, command.password());
        return signIns.begin(right.tenant(), right.user());
    }

    /** The only moment at which the password is at hand. */
    private void strengthen(Known user, String password) {
        system.sql("update app_user set password_hash = :hash where id = :id and password_hash = :old")
                .param("hash", passwords.rehash(password)).param("id", user.user().value())
                .param("old", user.hash()).update();
    }
}
