package com.ventros.crm.accounts.web;

import com.ventros.crm.accounts.AccountView;
import com.ventros.crm.accounts.AddMember;
import com.ventros.crm.accounts.Role;
import com.ventros.crm.accounts.UserId;
import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Principal;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.Refusal;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The team. */
@RestController
@RequestMapping("/api/v1/members")
class MemberController {

    record Shown(UUID id, String name, String email, String role, Instant createdAt) {
        static Shown of(AccountView.Member member) {
            return new Shown(member.id(), member.name(), member.email(), member.role().code(), member.createdAt());
        }
    }

    record NewMember(@NotBlank @Size(max = 200) String name, @NotBlank @Size(max = 254) String email,
            @NotNull String password, @NotBlank String role) {
        @Override
        public String toString() {
            return "NewMember[" + email + "]";
        }
    }

    private final AccountView view;
    private final AddMember addMember;

    MemberController(AccountView view, AddMember addMember) {
        this.view = view;
        this.addMember = addMember;
    }

    /** Lists the people of the team. */
    @Requires(Permission.TEAM_READ)
    @GetMapping
    Page<Shown> list(Paging paging) {
        var members = view.members(paging.after().map(cursor -> cursor.uuid(0)), paging.fetch());
        return Page.of(members.stream().map(Shown::of).toList(), paging, member -> Cursor.after(member.id()));
    }

    /** Adds somebody to the team. A key acts in nobody's role, so what it may grant is what an administrator may. */
    @Requires(Permission.TEAM_MANAGE)
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Shown add(Principal principal, @Valid @RequestBody NewMember body) {
        var role = Role.of(body.role()).orElseThrow(() ->
                Refusal.invalid("role", "unknown", "There is no such role."));
        var by = principal.kind() == Principal.Kind.USER
                ? view.member(new UserId(principal.id())).map(AccountView.Member::role).orElse(Role.VIEWER)
                : Role.ADMIN;
        var user = addMember.handle(new AddMember.Command(body.name(), body.email(), body.password(), role, by));
        return Shown.of(view.member(user).orElseThrow());
    }
}
