package com.ventros.crm.accounts;

import com.ventros.crm.http.Principal;
import com.ventros.crm.kernel.EmailAddress;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.mail.Language;
import com.ventros.crm.mail.Letters;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Somebody changes what they are called, or the address they sign in with. */
@Component
public class ChangeProfile {

    static final String LETTER = "EMAIL_CHANGED";

    /**
     * What is empty stays.
     *
     * @param password which another address needs
     * @param code     of the second factor, which it needs as well where that is on
     * @param language of the letter to the address before
     * @param from     the network address they come from
     */
    public record Command(Principal user, Optional<String> name, Optional<String> email, Optional<String> password, Optional<String> code,
            Language language, String from) {
        @Override
        public String toString() {
            return "ChangeProfile[" + user.id() + "]";
        }
    }

    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final AccountView view;
    private final Members members;
    private final OwnPassword ownPassword;
    private final SecondFactors secondFactors;
    private final SignIns signIns;
    private final Letters letters;

    ChangeProfile(JdbcClient db, TransactionTemplate transaction, AccountView view, Members members, OwnPassword ownPassword,
            SecondFactors secondFactors, SignIns signIns, Letters letters) {
        this.db = db;
        this.transaction = transaction;
        this.view = view;
        this.members = members;
        this.ownPassword = ownPassword;
        this.secondFactors = secondFactors;
        this.signIns = signIns;
        this.letters = letters;
    }

    /** All or nothing. Whoever is signed in stays so; a stolen access token alone is not enough for another address. */
    public void handle(Command command) {
        command.user().mustBeAUser();
        var user = new UserId(command.user().id());
        var before = new EmailAddress(view.member(user).orElseThrow(() -> Refusal.notFound("user")).email());
        var name = command.name().map(given -> Named.checked("name", given));
        var email = command.email().map(EmailAddress::typed).filter(given -> !given.equals(before));
        if (email.isPresent()) mustProveWhoTheyAre(user, command);
        var now = Instant.now();
        transaction.executeWithoutResult(_ -> {
            name.ifPresent(given -> members.rename(user, given, now));
            email.ifPresent(given -> {
                members.changeEmail(user, before, given, now);
                tellAddressBefore(user, before, command.language());
            });
            signIns.forget(user);
        });
    }

    private void mustProveWhoTheyAre(UserId user, Command command) {
        var password = command.password().orElseThrow(() ->
                Refusal.invalid("currentPassword", "required", "Another e-mail address needs your current password."));
        ownPassword.mustBe(command.user(), password, "currentPassword", command.from());
        secondFactors.mustBeShown(user, command.code());
    }

    /** Whoever took somebody's account over cannot do so in silence. */
    private void tellAddressBefore(UserId user, EmailAddress before, Language language) {
        var change = Uuids.v7();
        db.sql("insert into email_change (tenant_id, id, user_id, email) values (:tenant, :id, :user, :email)")
                .param("tenant", Tenancy.current().value()).param("id", change).param("user", user.value())
                .param("email", before.value()).update();
        letters.order(LETTER, change, language);
    }
}
