package com.ventros.crm.accounts;

import com.ventros.crm.accounts.Invitations.Invitation;
import com.ventros.crm.http.Principal;
import com.ventros.crm.kernel.EmailAddress;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.mail.Language;
import com.ventros.crm.mail.Letters;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Somebody is invited to the team of the bound tenant, by a letter with a link. */
@Component
public class InviteMember {

    static final String LETTER = "INVITATION";
    /** A letter may lie over a weekend and a holiday. */
    static final Duration GOOD_FOR = Duration.ofDays(7);

    /**
     * Whom, and as what.
     *
     * @param role     its code
     * @param language of the letter
     */
    public record Command(Principal by, String email, String role, Language language) {}

    private final Invitations invitations;
    private final CustomRoles roles;
    private final Members members;
    private final Letters letters;
    private final SignInThrottle throttle;
    private final JdbcClient system;

    InviteMember(Invitations invitations, CustomRoles roles, Members members, Letters letters, SignInThrottle throttle,
            @Qualifier("system") JdbcClient system) {
        this.invitations = invitations;
        this.roles = roles;
        this.members = members;
        this.letters = letters;
        this.throttle = throttle;
        this.system = system;
    }

    /** Refused when the address is somebody's or invited already, or the role can do more than the one who invites. */
    @Transactional
    public UUID invite(Command command) {
        var role = roles.named(command.role());
        members.authority(command.by()).mustCover(role);
        var email = EmailAddress.typed(command.email());
        letters.mustBeSendable();
        var taken = system.sql("select exists (select from app_user where email = :email)").param("email", email.value())
                .query(Boolean.class).single();
        if (taken) throw Members.taken();
        throttle.count(SignInThrottle.Limit.INVITATION, Tenancy.current().toString());
        var now = Instant.now();
        var invitation = new Invitation(Uuids.v7(), email, role, command.by().id(), now, now.plus(GOOD_FOR),
                Invitations.Mail.WAITING, Optional.empty(), 0);
        invitations.add(invitation);
        letters.order(LETTER, invitation.id(), command.language());
        return invitation.id();
    }

    /** Sends another letter; its link replaces that of the one before. */
    @Transactional
    public void resend(Principal by, UUID id, Language language) {
        var invitation = invitations.find(id).orElseThrow(() -> Refusal.notFound("invitation"));
        members.authority(by).mustCover(invitation.role());
        letters.mustBeSendable();
        throttle.count(SignInThrottle.Limit.INVITATION, Tenancy.current().toString());
        var now = Instant.now();
        invitations.renew(invitation, now.plus(GOOD_FOR), now);
        letters.order(LETTER, id, language);
    }

    /** From now on its link opens nothing. */
    @Transactional
    public void withdraw(Principal by, UUID id) {
        var invitation = invitations.find(id).orElseThrow(() -> Refusal.notFound("invitation"));
        members.authority(by).mustCover(invitation.role());
        invitations.withdraw(invitation, Instant.now());
    }
}
