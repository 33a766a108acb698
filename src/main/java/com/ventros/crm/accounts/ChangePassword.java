package com.ventros.crm.accounts;

import com.ventros.crm.http.Principal;
import com.ventros.crm.kernel.EmailAddress;
import com.ventros.crm.kernel.Refusal;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Somebody chooses another password; every browser in which they are signed in has to show it. */
@Component
public class ChangePassword {

    /** @param from where they sign in anew */
    public record Command(Principal user, String current, String chosen, SignIns.Client from) {
        @Override
        public String toString() {
            return "ChangePassword[" + user.id() + "]";
        }
    }

    private record Known(String email, String hash) {}

    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final Members members;
    private final Passwords passwords;
    private final SignInThrottle throttle;
    private final SignIns signIns;

    ChangePassword(JdbcClient db, TransactionTemplate transaction, Members members, Passwords passwords,
            SignInThrottle throttle, SignIns signIns) {
        this.db = db;
        this.transaction = transaction;
        this.members = members;
        this.passwords = passwords;
        this.throttle = throttle;
        this.signIns = signIns;
    }

    /** Ends all sign-ins and begins a new one for whoever asks; a stolen access token alone is not enough. */
    public SignIns.Tokens handle(Command command) {
        command.user().mustBeAUser();
        var user = new UserId(command.user().id());
        var known = transaction.execute(_ -> db.sql("select email, password_hash as hash from app_user where id = :id")
                .param("id", user.value()).query(Known.class).optional()).orElseThrow(() -> Refusal.notFound("user"));
        throttle.attempt(known.email(), command.from().address());
        if (!passwords.matches(command.current(), known.hash())) {
            throw Refusal.invalid("currentPassword", "wrong", "This is not your current password.");
        }
        throttle.succeeded(known.email(), command.from().address());
        var hash = passwords.hash(command.chosen(), new EmailAddress(known.email()));
        transaction.executeWithoutResult(_ -> {
            if (!members.changePassword(user, Optional.of(known.hash()), hash, Instant.now())) {
                throw Refusal.conflict("password_changed", "It has just been changed elsewhere.");
            }
            signIns.endAll(user, SignIns.End.PASSWORD_CHANGED);
        });
        return signIns.begin(command.user().tenant(), user, command.from());
    }
}
