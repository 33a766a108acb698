package com.ventros.crm.accounts.web;

import com.ventros.crm.accounts.AccountView;
import com.ventros.crm.accounts.AddMember;
import com.ventros.crm.accounts.ChangeMember;
import com.ventros.crm.accounts.SecondFactors;
import com.ventros.crm.accounts.UserId;
import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.IfMatch;
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

/** The team. */
@RestController
@RequestMapping("/api/v1/members")
class MemberController {

    /** @param role the name of a built-in role, or the id of one of the company's own; {@code roleName} is what people call it */
    record Shown(UUID id, String name, String email, String role, String roleName, boolean active,
            boolean secondFactor, Instant createdAt, long version) {
        static Shown of(AccountView.Member member) {
            return new Shown(member.id(), member.name(), member.email(), member.role().code(), member.role().label(),
                    member.active(), member.secondFactor(), member.createdAt(), member.version());
        }
    }

    record NewMember(@NotBlank @Size(max = 200) String name, @NotBlank @Size(max = 254) String email,
            @NotNull String password, @NotBlank String role) {
        @Override
        public String toString() {
            return "NewMember[" + email + "]";
        }
    }

    record Change(@NotBlank String role) {}

    private final AccountView view;
    private final AddMember addMember;
    private final ChangeMember changeMember;
    private final SecondFactors secondFactors;

    MemberController(AccountView view, AddMember addMember, ChangeMember changeMember,
            SecondFactors secondFactors) {
        this.view = view;
        this.addMember = addMember;
        this.changeMember = changeMember;
        this.secondFactors = secondFactors;
    }

    /** Lists the people of the team, those who may not come in any more included. */
    @Requires(Permission.TEAM_READ)
    @GetMapping
    Page<Shown> list(Paging paging) {
        var members = view.members(paging.after().map(cursor -> cursor.uuid(0)), paging.fetch());
        return Page.of(members.stream().map(Shown::of).toList(), paging, member -> Cursor.after(member.id()));
    }

    /** Adds somebody to the team with a password that is told to them; nobody gives a role that may do more than they. */
    @Requires(Permission.TEAM_MANAGE)
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Shown add(Principal caller, @Valid @RequestBody NewMember body) {
        var user = addMember.handle(new AddMember.Command(caller, body.name(), body.email(), body.password(), body.role()));
        return find(user.value());
    }

    /** Shows somebody of the team. */
    @Requires(Permission.TEAM_READ)
    @GetMapping("/{id}")
    ResponseEntity<Shown> get(@PathVariable UUID id) {
        var member = find(id);
        return IfMatch.ok(member.version(), member);
    }

    /** Gives a member another role. */
    @Requires(Permission.TEAM_MANAGE)
    @PatchMapping("/{id}")
    ResponseEntity<Shown> change(Principal caller, @PathVariable UUID id, IfMatch seen, @Valid @RequestBody Change body) {
        changeMember.give(caller, new UserId(id), body.role(), seen::mustBe);
        return get(id);
    }

    /** Shuts a member out and ends all their sign-ins; what they did stays theirs. */
    @Requires(Permission.TEAM_MANAGE)
    @PostMapping("/{id}/deactivate")
    ResponseEntity<Shown> deactivate(Principal caller, @PathVariable UUID id) {
        changeMember.deactivate(caller, new UserId(id));
        return get(id);
    }

    /** Lets a member in again, in the role from before. */
    @Requires(Permission.TEAM_MANAGE)
    @PostMapping("/{id}/reactivate")
    ResponseEntity<Shown> reactivate(Principal caller, @PathVariable UUID id) {
        changeMember.reactivate(caller, new UserId(id));
        return get(id);
    }

    /** Switches off the second factor of a member who has lost it, and ends all their sign-ins. */
    @Requires(Permission.TEAM_MANAGE)
    @DeleteMapping("/{id}/second-factor")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void resetSecondFactor(Principal caller, @PathVariable UUID id) {
        secondFactors.reset(caller, new UserId(id));
    }

    private Shown find(UUID id) {
        return view.member(new UserId(id)).map(Shown::of).orElseThrow(() -> Refusal.notFound("member"));
    }
}
