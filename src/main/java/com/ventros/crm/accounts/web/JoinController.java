package com.ventros.crm.accounts.web;

import com.ventros.crm.accounts.AcceptInvitation;
import com.ventros.crm.accounts.OpenTenant;
import com.ventros.crm.accounts.ResetPassword;
import com.ventros.crm.accounts.SignIns;
import com.ventros.crm.accounts.SignUp;
import com.ventros.crm.http.Open;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The ways in for those who have no password yet, or no more. */
@RestController
@RequestMapping("/api/v1/auth")
class JoinController {

    record Invited(String company, String email, String role, String roleName, Instant expiresAt) {}

    record Link(@NotBlank @Size(max = 200) String token) {
        @Override
        public String toString() {
            return "Link[hidden]";
        }
    }

    record Acceptance(@NotBlank @Size(max = 200) String token, @NotBlank @Size(max = 200) String name, @NotNull String password) {
        @Override
        public String toString() {
            return "Acceptance[" + name + "]";
        }
    }

    record Forgotten(@NotBlank @Size(max = 254) String email) {}

    record Chosen(@NotBlank @Size(max = 200) String token, @NotNull String newPassword) {
        @Override
        public String toString() {
            return "Chosen[hidden]";
        }
    }

    record NewCompany(@NotBlank @Size(max = 200) String company, @NotBlank @Size(max = 200) String name,
            @NotBlank @Size(max = 254) String email, @NotNull String password) {
        @Override
        public String toString() {
            return "NewCompany[" + company + ", " + email + "]";
        }
    }

    private final AcceptInvitation acceptInvitation;
    private final ResetPassword resetPassword;
    private final SignUp signUp;
    private final SignIns signIns;
    private final SessionAnswer answer;

    JoinController(AcceptInvitation acceptInvitation, ResetPassword resetPassword, SignUp signUp, SignIns signIns,
            SessionAnswer answer) {
        this.acceptInvitation = acceptInvitation;
        this.resetPassword = resetPassword;
        this.signUp = signUp;
        this.signIns = signIns;
        this.answer = answer;
    }

    /** Shows what the link from a letter invites to. */
    @Open
    @PostMapping("/invitations/show")
    Invited show(@Valid @RequestBody Link body) {
        var shown = acceptInvitation.show(body.token());
        var invitation = shown.invitation();
        return new Invited(shown.company(), invitation.email().value(), invitation.role().code(), invitation.role().label(),
                invitation.expiresAt());
    }

    /** Accepts an invitation with a name and a password, once, and signs in. */
    @Open
    @PostMapping("/invitations/accept")
    ResponseEntity<SessionAnswer.Session> accept(@Valid @RequestBody Acceptance body, HttpServletRequest request) {
        var tokens = acceptInvitation.accept(new AcceptInvitation.Command(body.token(), body.name(), body.password(),
                SessionAnswer.client(request)));
        return answer.of(tokens, HttpStatus.CREATED, request);
    }

    /** Sends a letter with a link for a new password, if somebody signs in with this address; the answer does not tell. */
    @Open
    @PostMapping("/password-resets")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void forgotten(@Valid @RequestBody Forgotten body, HttpServletRequest request) {
        resetPassword.ask(body.email(), SessionAnswer.language(request), request.getRemoteAddr());
    }

    /** Sets a new password with the link from a letter, once. All sign-ins are over; sign in with the new password. */
    @Open
    @PostMapping("/password-resets/complete")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void chosen(@Valid @RequestBody Chosen body) {
        resetPassword.complete(body.token(), body.newPassword());
    }

    /** Opens a company with its owner and signs in, on servers where that is switched on. */
    @Open
    @PostMapping("/sign-up")
    ResponseEntity<SessionAnswer.Session> signUp(@Valid @RequestBody NewCompany body, HttpServletRequest request) {
        var opened = signUp.handle(new OpenTenant.Command(body.company(), body.name(), body.email(), body.password()),
                request.getRemoteAddr());
        return answer.of(signIns.begin(opened.tenant(), opened.owner(), SessionAnswer.client(request)), HttpStatus.CREATED, request);
    }
}
