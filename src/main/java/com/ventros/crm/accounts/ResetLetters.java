package com.ventros.crm.accounts;

import com.ventros.crm.kernel.EmailAddress;
import com.ventros.crm.mail.Language;
import com.ventros.crm.mail.Letter;
import com.ventros.crm.mail.LetterWriter;
import com.ventros.crm.mail.Letters;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes to those who have forgotten their password. */
@Component
class ResetLetters implements LetterWriter {

    static final String TOKEN_PREFIX = "vp_";

    private static final Logger log = LoggerFactory.getLogger(ResetLetters.class);

    private final JdbcClient db;
    private final AccountView view;
    private final Letters letters;

    ResetLetters(JdbcClient db, AccountView view, Letters letters) {
        this.db = db;
        this.view = view;
        this.letters = letters;
    }

    @Override
    public String kind() {
        return ResetPassword.LETTER;
    }

    /** Not when they remembered, or asked so long ago that they have given up. */
    @Override
    public Optional<Letter> write(UUID about, Language language) {
        var token = BearerToken.create(TOKEN_PREFIX);
        var written = db.sql("""
                update password_reset set hash = :hash, expires_at = now() + make_interval(secs => :good)
                 where user_id = :user and requested_at > now() - make_interval(secs => :good)
                """)
                .param("hash", token.hash()).param("good", ResetPassword.GOOD_FOR.toSeconds()).param("user", about).update();
        if (written == 0) return Optional.empty();
        return view.member(new UserId(about)).filter(AccountView.Member::active).map(member -> {
            var email = new EmailAddress(member.email());
            var link = letters.link("/reset-password#token=" + token.text());
            var minutes = ResetPassword.GOOD_FOR.toMinutes();
            return switch (language) {
                case PT -> new Letter(email, "Uma nova senha para o Ventros CRM", """
                        Olá, %s!

                        Alguém pediu uma nova senha para você. Escolha-a aqui:

                        %s

                        O link vale por %d minutos e uma única vez. Depois, entre de novo em todos os seus aparelhos.
                        Se não foi você, ignore esta mensagem: nada muda.
                        """.formatted(member.name(), link, minutes));
                case EN -> new Letter(email, "A new password for Ventros CRM", """
                        Hello, %s!

                        Somebody has asked for a new password for you. Choose it here:

                        %s

                        The link is good for %d minutes, and once. Afterwards, sign in again on all your devices.
                        If it was not you, ignore this message: nothing changes.
                        """.formatted(member.name(), link, minutes));
            };
        });
    }

    @Override
    public void taken(UUID about) {
        log.info("User {} has been sent a link for a new password", about);
    }

    @Override
    public void givenUp(UUID about, String reason) {
        log.warn("User {} waits in vain for a link for a new password: {}", about, reason);
    }
}
