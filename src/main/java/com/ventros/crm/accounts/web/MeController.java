package com.ventros.crm.accounts.web;

import com.ventros.crm.accounts.AccountView;
import com.ventros.crm.accounts.ChangePassword;
import com.ventros.crm.accounts.UserId;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Principal;
import com.ventros.crm.http.Requires;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Who am I, and what may I do? */
@RestController
class MeController {

    /** @param user null when an API key asks */
    record Me(String kind, UUID id, String name, SessionAnswer.@Nullable User user, AccountView.Tenant tenant,
            List<AccountView.Project> projects, List<String> permissions) {}

    record NewPassword(@NotNull String currentPassword, @NotNull String newPassword) {
        @Override
        public String toString() {
            return "NewPassword[hidden]";
        }
    }

    private final AccountView view;
    private final ChangePassword changePassword;
    private final SessionAnswer answer;

    MeController(AccountView view, ChangePassword changePassword, SessionAnswer answer) {
        this.view = view;
        this.changePassword = changePassword;
        this.answer = answer;
    }

    /** Says who the caller is and what the caller may do. */
    @Requires
    @GetMapping("/api/v1/me")
    Me me(Principal principal) {
        var user = principal.kind() == Principal.Kind.USER
                ? view.member(new UserId(principal.id())).map(SessionAnswer.User::of).orElse(null) : null;
        return new Me(principal.kind().name().toLowerCase(Locale.ROOT), principal.id(), principal.name(), user,
                view.tenant(), view.projects(),
                principal.permissions().stream().map(Permission::code).sorted().toList());
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
