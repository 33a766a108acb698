package com.ventros.crm.accounts;

import com.ventros.crm.http.Principal;
import com.ventros.crm.kernel.Refusal;
import java.time.Instant;
import java.util.Optional;
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

    private final TransactionTemplate transaction;
    private final OwnPassword ownPassword;
    private final Members members;
    private final Passwords passwords;
    private final SignIns signIns;

    ChangePassword(TransactionTemplate transaction, OwnPassword ownPassword, Members members, Passwords passwords,
            SignIns signIns) {
        this.transaction = transaction;
        this.ownPassword = ownPassword;
        this.members = members;
        this.passwords = passwords;
        this.signIns = signIns;
    }

    /** Ends all sign-ins and begins a new one for whoever asks; a stolen access token alone is not enough. */
    public SignIns.Tokens handle(Command command) {
        var known = ownPassword.mustBe(command.user(), command.current(), "currentPassword", command.from().address());
        var hash = passwords.hash("newPassword", command.chosen(), known.email());
        transaction.executeWithoutResult(_ -> {
            if (!members.changePassword(known.user(), Optional.of(known.hash()), hash, Instant.now())) {
                throw Refusal.conflict("password_changed", "It has just been changed elsewhere.");
            }
            signIns.endAll(known.user(), SignIns.End.PASSWORD_CHANGED);
        });
        return signIns.begin(command.user().tenant(), known.user(), command.from());
    }
}
