package com.ventros.crm.accounts.web;

import com.ventros.crm.accounts.AccountView;
import com.ventros.crm.accounts.UserId;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Principal;
import com.ventros.crm.http.Requires;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who am I, and what may I do? */
@RestController
class MeController {

    /** @param user null when an API key asks */
    record Me(String kind, UUID id, String name, SessionAnswer.User user, AccountView.Tenant tenant,
            List<AccountView.Project> projects, List<String> permissions) {}

    private final AccountView view;

    MeController(AccountView view) {
        this.view = view;
    }

    @Requires
    @GetMapping("/api/v1/me")
    Me me(Principal principal) {
        var user = principal.kind() == Principal.Kind.USER
                ? view.member(new UserId(principal.id())).map(SessionAnswer.User::of).orElse(null) : null;
        return new Me(principal.kind().name().toLowerCase(Locale.ROOT), principal.id(), principal.name(), user,
                view.tenant(), view.projects(),
                principal.permissions().stream().map(Permission::code).sorted().toList());
    }
}
