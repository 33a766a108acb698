package com.ventros.crm.accounts;

import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.EmailAddress;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Somebody proves who they are with e-mail address and password, and with a code where that is switched on. */
@Component
public class SignIn {

    /** @param code of the second factor, where that is on: one of the app, or a recovery code */
    public record Command(String email, String password, Optional<String> code, SignIns.Client from) {
        @Override
        public String toString() {
            return "SignIn[" + email + "]";
        }
    }

    private record Known(TenantId tenant, UserId user, String hash, boolean active) {}

    private final JdbcClient system;
    private final Passwords passwords;
    private final SignInThrottle throttle;
    private final SecondFactors secondFactors;
    private final SignIns signIns;

    SignIn(@Qualifier("system") JdbcClient system, Passwords passwords, SignInThrottle throttle,
            SecondFactors secondFactors, SignIns signIns) {
        this.system = system;
        this.passwords = passwords;
        this.throttle = throttle;
        this.secondFactors = secondFactors;
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
        var right = known.filter(user -> passwords.matches(command.password(), user.hash())).orElse(null);
        if (right == null) {
            // Told beside the answer, which must not take longer where there is somebody to tell of.
            var cause = Cause.current();
            known.ifPresent(user -> Thread.startVirtualThread(() -> cause.run(() -> refused(user, "password", command))));
            throw new Refusal(Refusal.Kind.UNAUTHENTICATED, "sign_in_failed", "E-mail address or password is wrong.");
        }
        if (!right.active()) {
            refused(right, "deactivated", command);
            throttle.undecided(email, command.from().address());
            throw new Refusal(Refusal.Kind.FORBIDDEN, "member_deactivated", "Your company has deactivated your account.");
        }
        Tenancy.run(right.tenant(), () -> mustShowSecondFactor(right, command, email));
        throttle.succeeded(email, command.from().address());
        if (passwords.isOutdated(right.hash())) strengthen(right, command.password());
        return signIns.begin(right.tenant(), right.user(), command.from());
    }

    /** Told only to those who know the password, who cannot use it to guess codes without end. */
    private void mustShowSecondFactor(Known user, Command command, String email) {
        if (!secondFactors.isOn(user.user())) return;
        try {
            var code = command.code().orElseThrow(() -> new Refusal(Refusal.Kind.UNAUTHENTICATED, "second_factor_required",
                    "Send the code of your app, or a recovery code, as well."));
            var right = Cause.current().by(new Actor(Actor.Kind.USER, user.user().toString()))
                    .call(() -> secondFactors.isRight(user.user(), code));
            if (!right) {
                refused(user, "second_factor", command);
                throw new Refusal(Refusal.Kind.UNAUTHENTICATED, "second_factor_wrong", "This code is wrong, or was used already.");
            }
        } catch (Refusal refused) {
            throttle.undecided(email, command.from().address());
            throw refused;
        }
    }

    private void refused(Known user, String reason, Command command) {
        signIns.tell(user.tenant(), user.user(), new AccountEvent.MemberSignInRefused(user.user().value(), reason, command.from().address()));
    }

    /** The only moment at which the password is at hand. */
    private void strengthen(Known user, String password) {
        system.sql("update app_user set password_hash = :hash where id = :id and password_hash = :old")
                .param("hash", passwords.rehash(password)).param("id", user.user().value())
                .param("old", user.hash()).update();
    }
}
