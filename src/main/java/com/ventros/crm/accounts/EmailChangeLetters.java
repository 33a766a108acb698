package com.ventros.crm.accounts;

import com.ventros.crm.kernel.EmailAddress;
import com.ventros.crm.mail.Language;
import com.ventros.crm.mail.Letter;
import com.ventros.crm.mail.LetterWriter;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes to the address with which somebody does not sign in any more. Not to which it was changed: the reader may be a stranger by now. */
@Component
class EmailChangeLetters implements LetterWriter {

    private static final Logger log = LoggerFactory.getLogger(EmailChangeLetters.class);

    private record Change(String email, String name) {}

    private final JdbcClient db;
    private final AccountView view;

    EmailChangeLetters(JdbcClient db, AccountView view) {
        this.db = db;
        this.view = view;
    }

    @Override
    public String kind() {
        return ChangeProfile.LETTER;
    }

    @Override
    public Optional<Letter> write(UUID about, Language language) {
        var company = view.tenant().name();
        return db.sql("select c.email, u.name from email_change c join app_user u on u.tenant_id = c.tenant_id and u.id = c.user_id where c.id = :id")
                .param("id", about).query(Change.class).optional().map(change -> {
                    var email = new EmailAddress(change.email());
                    return switch (language) {
                        case PT -> new Letter(email, "Seu e-mail no Ventros CRM mudou", """
                                Olá, %s!

                                Você não entra mais no Ventros CRM de %s com este endereço: na sua conta, ele foi trocado por outro.

                                Se foi você, não precisa fazer nada. Se não foi, avise já quem administra a sua empresa.
                                """.formatted(change.name(), company));
                        case EN -> new Letter(email, "Your e-mail address on Ventros CRM has changed", """
                                Hello, %s!

                                You do not sign in to the Ventros CRM of %s with this address any more: another has taken its place in your account.

                                If it was you, there is nothing to do. If it was not, tell whoever manages your company at once.
                                """.formatted(change.name(), company));
                    };
                });
    }

    @Override
    public void taken(UUID about) {
        forget(about);
    }

    @Override
    public void givenUp(UUID about, String reason) {
        log.warn("The address from before change {} was not told of it: {}", about, reason);
        forget(about);
    }

    private void forget(UUID about) {
        db.sql("delete from email_change where id = :id").param("id", about).update();
    }
}
