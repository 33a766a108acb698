package com.ventros.crm.billing.web;

import com.ventros.crm.accounts.Operators;
import com.ventros.crm.billing.BillingView;
import com.ventros.crm.billing.OperateAccounts;
import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.IfMatch;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Principal;
import com.ventros.crm.http.Requires;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Accounts as whoever runs the installation sees them; anybody else sees their own and changes none. */
@RestController
@RequestMapping("/api/v1/billing/accounts")
class BillingAccountController {

    /** Another plan, by its code; the same one again takes over what the settings say of it now. */
    record PlanChange(@NotNull @Size(max = 40) String plan) {}

    record Reason(@NotBlank @Size(max = LONGEST) String reason) {}

    record Activation(@Size(max = LONGEST) String reason) {}

    /** In Java's characters; the exact limit is that of the account. */
    private static final int LONGEST = 1_000;

    private final BillingView view;
    private final OperateAccounts operate;
    private final Operators operators;

    BillingAccountController(BillingView view, OperateAccounts operate, Operators operators) {
        this.view = view;
        this.operate = operate;
        this.operators = operators;
    }

    /** Lists the accounts of all companies, the newest first, or the caller's own. */
    @Requires(Permission.BILLING_READ)
    @GetMapping
    Page<BillingView.Account> list(Principal principal, Paging paging) {
        if (!operators.runInstallation(principal.tenant())) return Page.whole(paging.after().isPresent() ? List.of() : List.of(view.account()));
        return Page.of(view.all(paging), paging, account -> Cursor.after(account.openedAt(), account.id()));
    }

    /** Shows an account. */
    @Requires(Permission.BILLING_READ)
    @GetMapping("/{id}")
    ResponseEntity<BillingView.Account> get(@PathVariable UUID id) {
        return answer(operate.shown(id));
    }

    /** Puts a company on a plan. */
    @Requires(Permission.BILLING_MANAGE)
    @PatchMapping("/{id}")
    ResponseEntity<BillingView.Account> assign(@PathVariable UUID id, IfMatch seen, @Valid @RequestBody PlanChange request) {
        return answer(operate.assign(id, request.plan(), seen::mustBe));
    }

    /** Lets a company begin, or go on. */
    @Requires(Permission.BILLING_MANAGE)
    @PostMapping("/{id}/activate")
    ResponseEntity<BillingView.Account> activate(@PathVariable UUID id, @Valid @RequestBody Activation request) {
        return answer(operate.activate(id, Optional.ofNullable(request.reason())));
    }

    /** Lets a company send and make nothing until it is activated again. */
    @Requires(Permission.BILLING_MANAGE)
    @PostMapping("/{id}/suspend")
    ResponseEntity<BillingView.Account> suspend(@PathVariable UUID id, @Valid @RequestBody Reason request) {
        return answer(operate.suspend(id, request.reason()));
    }

    /** Lets a company send and make nothing any more. */
    @Requires(Permission.BILLING_MANAGE)
    @PostMapping("/{id}/cancel")
    ResponseEntity<BillingView.Account> cancel(@PathVariable UUID id, @Valid @RequestBody Reason request) {
        return answer(operate.cancel(id, request.reason()));
    }

    private static ResponseEntity<BillingView.Account> answer(BillingView.Account account) {
        return IfMatch.ok(account.version(), account);
    }
}
