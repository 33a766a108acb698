package com.ventros.crm.accounts;

import com.ventros.crm.http.Principal;
import com.ventros.crm.kernel.EmailAddress;
import com.ventros.crm.kernel.Refusal;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Somebody chooses another password; every browser in which they are signed in has to show it. */
@Component
public class ChangePassword {

    /** @param address the network address they come from */
    public record Command(Principal user, String current, String chosen, String address) {
        @Override
        public String toString() {
            return "ChangePassword[" + user.id() + "]";
        }
    }

    private record Known(String email, String hash) {}

    private final JdbcClient system;
    private final Passwords passwords;
    private final SignInThrottle throttle;
    private final SignIns signIns;

    ChangePassword(@Qualifier("system") JdbcClient system, Passwords passwords, SignInThrottle throttle,
            SignIns signIns) {
        this.system = system;
        this.passwords = passwords;
        this.throttle = throttle;
        this.signIns = signIns;
    }

    /** Ends all sign-ins and begins a new one for whoever asks; a stolen access token alone is not enough. */
    public SignIns.Tokens handle(Command command) {
        if (command.user().kind() != Principal.Kind.USER) {
            throw new Refusal(Refusal.Kind.FORBIDDEN, "not_a_user", "A key has no password.");
        }
        var known = system.sql("select email, password_hash as hash from app_user where id = :id")
                .param("id", command.user().id()).query(Known.class).optional()
                .orElseThrow(() -> Refusal.notFound("user"));
        throttle.attempt(known.email(), command.address());
        if (!passwords.matches(command.current(), known.hash())) {
            throw Refusal.invalid("currentPassword", "wrong", "This is not your current password.");
        }
        throttle.succeeded(known.email(), command.address());
        var user = new UserId(command.user().id());
        var changed = system.sql("""
                update app_user set password_hash = :hash where id = :id and password_hash = :old
                """)
                .param("hash", passwords.hash(command.chosen(), new EmailAddress(known.email())))
                .param("id", user.value()).param("old", known.hash()).update();
        if (changed == 0) throw Refusal.conflict("password_changed", "It has just been changed elsewhere.");
        signIns.endAll(command.user().tenant(), user);
        return signIns.begin(command.user().tenant(), user);
    }
}
