package com.ventros.crm.accounts.web;

import com.ventros.crm.accounts.Invitations;
import com.ventros.crm.accounts.InviteMember;
import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Principal;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.Codes;
import com.ventros.crm.kernel.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who is invited to the team. */
@RestController
@RequestMapping("/api/v1/invitations")
class InvitationController {

    /**
     * @param role the name of a built-in role, or the id of one of the company's own; {@code roleName} is what people call it
     * @param mail {@code waiting}, {@code sent} or {@code failed}, which {@code mailError} explains
     */
    record Shown(UUID id, String email, String role, String roleName, UUID invitedBy, Instant createdAt, Instant expiresAt,
            String mail, @Nullable String mailError) {
        static Shown of(Invitations.Invitation invitation) {
            return new Shown(invitation.id(), invitation.email().value(), invitation.role().code(), invitation.role().label(),
                    invitation.invitedBy(), invitation.createdAt(), invitation.expiresAt(), Codes.of(invitation.mail()),
                    invitation.mailError().orElse(null));
        }
    }

    record NewInvitation(@NotBlank @Size(max = 254) String email, @NotBlank String role) {}

    private final Invitations invitations;
    private final InviteMember inviteMember;

    InvitationController(Invitations invitations, InviteMember inviteMember) {
        this.invitations = invitations;
        this.inviteMember = inviteMember;
    }

    /** Lists the invitations that nobody has accepted yet, the newest first. */
    @Requires(Permission.TEAM_MANAGE)
    @GetMapping
    Page<Shown> list(Paging paging) {
        var page = Page.of(invitations.list(paging), paging, invitation -> Cursor.after(invitation.id()));
        return new Page<>(page.items().stream().map(Shown::of).toList(), page.nextCursor());
    }

    /** Invites somebody by a letter with a link, which is good for a week and once. */
    @Requires(Permission.TEAM_MANAGE)
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Shown invite(Principal caller, @Valid @RequestBody NewInvitation body, HttpServletRequest request) {
        return find(inviteMember.invite(new InviteMember.Command(caller, body.email(), body.role(), SessionAnswer.language(request))));
    }

    /** Sends another letter, whose link replaces the one before and is good for a week. */
    @Requires(Permission.TEAM_MANAGE)
    @PostMapping("/{id}/resend")
    Shown resend(Principal caller, @PathVariable UUID id, HttpServletRequest request) {
        inviteMember.resend(caller, id, SessionAnswer.language(request));
        return find(id);
    }

    /** Withdraws an invitation; its link opens nothing any more. */
    @Requires(Permission.TEAM_MANAGE)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdraw(Principal caller, @PathVariable UUID id) {
        inviteMember.withdraw(caller, id);
    }

    private Shown find(UUID id) {
        return invitations.find(id).map(Shown::of).orElseThrow(() -> Refusal.notFound("invitation"));
    }
}
