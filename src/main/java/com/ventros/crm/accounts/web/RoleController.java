package com.ventros.crm.accounts.web;

import com.ventros.crm.accounts.AccountView;
import com.ventros.crm.accounts.CustomRole;
import com.ventros.crm.accounts.KeepRoles;
import com.ventros.crm.http.IfMatch;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Principal;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.Refusal;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What members can be: the roles that every company has, and those that this one has put together. */
@RestController
@RequestMapping("/api/v1/roles")
class RoleController {

    /** @param id what a member's {@code role} says */
    record Shown(String id, String name, boolean builtIn, List<String> permissions, long members, long version) {
        static Shown of(AccountView.Held held) {
            var role = held.role();
            return new Shown(role.code(), role.label(), !(role instanceof CustomRole),
                    role.permissions().stream().map(Permission::code).sorted().toList(), held.members(),
                    role instanceof CustomRole custom ? custom.version() : 0);
        }
    }

    record NewRole(@NotBlank @Size(max = 200) String name, @NotNull @Size(max = 50) List<@NotNull String> permissions) {}

    /** What to change; what is missing stays. */
    record Change(@Size(max = 200) String name, @Size(max = 50) List<@NotNull String> permissions) {}

    private final AccountView view;
    private final KeepRoles roles;

    RoleController(AccountView view, KeepRoles roles) {
        this.view = view;
        this.roles = roles;
    }

    /** Lists all roles with their permissions: the built-in ones first, then the company's own. */
    @Requires(Permission.TEAM_READ)
    @GetMapping
    Page<Shown> list() {
        return Page.whole(view.roles().stream().map(Shown::of).toList());
    }

    /** Makes a role of the company's own. */
    @Requires(Permission.TEAM_MANAGE)
    @PostMapping
    ResponseEntity<Shown> create(Principal caller, @Valid @RequestBody NewRole body) {
        var id = roles.create(caller, body.name(), permissions(body.permissions()));
        var role = find(id);
        return ResponseEntity.created(URI.create("/api/v1/roles/" + id)).eTag(IfMatch.etag(role.version())).body(role);
    }

    /** Shows one of the company's own roles. */
    @Requires(Permission.TEAM_READ)
    @GetMapping("/{id}")
    ResponseEntity<Shown> get(@PathVariable UUID id) {
        var role = find(id);
        return IfMatch.ok(role.version(), role);
    }

    /** Changes one of the company's own roles, for all who have it. */
    @Requires(Permission.TEAM_MANAGE)
    @PatchMapping("/{id}")
    ResponseEntity<Shown> change(Principal caller, @PathVariable UUID id, IfMatch seen, @Valid @RequestBody Change body) {
        roles.change(caller, id, Optional.ofNullable(body.name()), Optional.ofNullable(body.permissions()).map(RoleController::permissions),
                seen::mustBe);
        return get(id);
    }

    /** Removes one of the company's own roles that nobody has. */
    @Requires(Permission.TEAM_MANAGE)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Principal caller, @PathVariable UUID id) {
        roles.delete(caller, id);
    }

    private Shown find(UUID id) {
        return view.roles().stream().map(Shown::of).filter(role -> role.id().equals(id.toString())).findFirst()
                .orElseThrow(() -> Refusal.notFound("role"));
    }

    private static Set<Permission> permissions(List<String> codes) {
        return codes.stream().map(code -> Permission.of(code).orElseThrow(() ->
                Refusal.invalid("permissions", "unknown", "There is no such permission."))).collect(Collectors.toSet());
    }
}
