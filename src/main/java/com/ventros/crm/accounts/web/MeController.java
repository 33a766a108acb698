package com.ventros.crm.accounts.web;

import com.ventros.crm.accounts.AccountView;
import com.ventros.crm.accounts.ChangePassword;
import com.ventros.crm.accounts.ChangeProfile;
import com.ventros.crm.accounts.UserId;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Principal;
import com.ventros.crm.http.Requires;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Who am I, and what may I do? */
@RestController
class MeController {

    /** @param user null when an API key asks */
    record Me(String kind, UUID id, String name, SessionAnswer.@Nullable User user, AccountView.Tenant tenant,
            List<AccountView.Project> projects, List<String> permissions) {}

    /** What to change; what is missing stays. Another {@code email} needs {@code currentPassword}, and {@code code} where a second factor is on. */
    record Change(@Size(max = 200) String name, @Size(max = 254) String email, @Size(max = 200) String currentPassword,
            @Size(max = 40) String code) {
        @Override
        public String toString() {
            return "Change[hidden]";
        }
    }

    record NewPassword(@NotNull String currentPassword, @NotNull String newPassword) {
        @Override
        public String toString() {
            return "NewPassword[hidden]";
        }
    }

    private final AccountView view;
    private final ChangeProfile changeProfile;
    private final ChangePassword changePassword;
    private final SessionAnswer answer;

    MeController(AccountView view, ChangeProfile changeProfile, ChangePassword changePassword, SessionAnswer answer) {
        this.view = view;
        this.changeProfile = changeProfile;
        this.changePassword = changePassword;
        this.answer = answer;
    }

    /** Says who the caller is and what the caller may do. */
    @Requires
    @GetMapping("/api/v1/me")
    Me me(Principal principal) {
        var user = principal.kind() == Principal.Kind.USER
                ? view.member(new UserId(principal.id())).map(SessionAnswer.User::of).orElse(null) : null;
        return new Me(principal.kind().name().toLowerCase(Locale.ROOT), principal.id(), user == null ? principal.name() : user.name(), user,
                view.tenant(), view.projects(),
                principal.permissions().stream().map(Permission::code).sorted().toList());
    }

    /**
     * Changes the caller's own name or e-mail address. Another address needs the current password, and a code where a second factor is
     * on; all sign-ins go on, and a letter tells the address before.
     */
    @Requires
    @PatchMapping("/api/v1/me")
    Me change(Principal principal, @Valid @RequestBody Change body, HttpServletRequest request) {
        changeProfile.handle(new ChangeProfile.Command(principal, Optional.ofNullable(body.name()), Optional.ofNullable(body.email()),
                Optional.ofNullable(body.currentPassword()), Optional.ofNullable(body.code()), SessionAnswer.language(request),
                request.getRemoteAddr()));
        return me(principal);
    }

    /** Changes the caller's password. Answers as a sign-in does; all tokens from before are void. */
    @Requires
    @PutMapping("/api/v1/me/password")
    ResponseEntity<SessionAnswer.Session> changePassword(
            Principal principal, @Valid @RequestBody NewPassword body, HttpServletRequest request) {
        var tokens = changePassword.handle(new ChangePassword.Command(
                principal, body.currentPassword(), body.newPassword(), SessionAnswer.client(request)));
        return answer.of(tokens, HttpStatus.OK, request);
    }
}
