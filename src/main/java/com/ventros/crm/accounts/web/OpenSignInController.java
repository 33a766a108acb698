package com.ventros.crm.accounts.web;

import com.ventros.crm.accounts.SignIns;
import com.ventros.crm.accounts.UserId;
import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Principal;
import com.ventros.crm.http.Requires;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where am I signed in? */
@RestController
@RequestMapping("/api/v1/me/sign-ins")
class OpenSignInController {

    /** @param current whether it is the one that asks */
    record Shown(UUID id, Instant createdAt, Instant lastUsedAt, @Nullable String address, @Nullable String device, boolean current) {
        static Shown of(SignIns.Shown signIn, Optional<UUID> asking) {
            return new Shown(signIn.id(), signIn.createdAt(), signIn.lastUsedAt(), signIn.address().orElse(null),
                    signIn.device().orElse(null), asking.equals(Optional.of(signIn.id())));
        }
    }

    private final SignIns signIns;

    OpenSignInController(SignIns signIns) {
        this.signIns = signIns;
    }

    /** Lists the browsers in which the caller is signed in, the last sign-in first. */
    @Requires
    @GetMapping
    Page<Shown> list(Principal caller, Paging paging) {
        caller.mustBeAUser();
        var page = Page.of(signIns.of(new UserId(caller.id()), paging), paging, signIn -> Cursor.after(signIn.id()));
        return new Page<>(page.items().stream().map(one -> Shown.of(one, caller.signIn())).toList(), page.nextCursor());
    }

    /** Ends one of the caller's sign-ins; its browser has to show the password again. */
    @Requires
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(Principal caller, @PathVariable UUID id) {
        caller.mustBeAUser();
        signIns.revoke(new UserId(caller.id()), id);
    }

    /** Ends all of the caller's sign-ins but the one that asks. */
    @Requires
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revokeOthers(Principal caller) {
        caller.mustBeAUser();
        signIns.revokeOthers(new UserId(caller.id()), caller.signIn());
    }
}
