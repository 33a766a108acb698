package com.ventros.crm.accounts;

import com.ventros.crm.mail.Language;
import com.ventros.crm.mail.Letter;
import com.ventros.crm.mail.LetterWriter;
import com.ventros.crm.mail.Letters;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Writes to those who are invited. */
@Component
class InvitationLetters implements LetterWriter {

    static final String TOKEN_PREFIX = "vi_";

    private final Invitations invitations;
    private final AccountView view;
    private final Letters letters;

    InvitationLetters(Invitations invitations, AccountView view, Letters letters) {
        this.invitations = invitations;
        this.view = view;
        this.letters = letters;
    }

    @Override
    public String kind() {
        return InviteMember.LETTER;
    }

    @Override
    public Optional<Letter> write(UUID about, Language language) {
        var token = BearerToken.create(TOKEN_PREFIX);
        return invitations.writeLink(about, token).map(invitation -> {
            var company = view.tenant().name();
            var by = view.member(new UserId(invitation.invitedBy())).map(AccountView.Member::name).orElse(company);
            // behind the #, which browsers send to no server: it gets into nobody's log
            var link = letters.link("/accept-invitation#token=" + token.text());
            var days = InviteMember.GOOD_FOR.toDays();
            return switch (language) {
                case PT -> new Letter(invitation.email(), by + " convidou você para " + company, """
                        Olá!

                        %s convidou você para atender clientes com a equipe de %s no Ventros CRM.
                        Escolha sua senha e entre por aqui:

                        %s

                        O convite vale por %d dias e uma única vez. Se você não o esperava, ignore esta mensagem.
                        """.formatted(by, company, link, days));
                case EN -> new Letter(invitation.email(), by + " has invited you to " + company, """
                        Hello!

                        %s has invited you to the team of %s on Ventros CRM.
                        Choose your password and come in here:

                        %s

                        The invitation is good for %d days, and once. If you did not expect it, ignore this message.
                        """.formatted(by, company, link, days));
            };
        });
    }

    @Override
    public void taken(UUID about) {
        invitations.mail(about, Invitations.Mail.SENT, Optional.empty());
    }

    @Override
    public void givenUp(UUID about, String reason) {
        invitations.mail(about, Invitations.Mail.FAILED, Optional.of(reason));
    }
}
