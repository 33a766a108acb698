package com.ventros.crm.billing.web;

import com.ventros.crm.billing.BillingView;
import com.ventros.crm.billing.KeepCustomer;
import com.ventros.crm.billing.Plan;
import com.ventros.crm.billing.Plans;
import com.ventros.crm.billing.UsageView;
import com.ventros.crm.http.Dates;
import com.ventros.crm.http.IfMatch;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the company pays and how much it may have for it. */
@RestController
@RequestMapping("/api/v1/billing")
class BillingController {

    /** All of it; {@code taxId} is a CPF or CNPJ in Brazil, and what is missing is taken away. */
    record Customer(@NotNull @Size(max = LONGEST) String name, @Size(max = LONGEST) String taxId, @NotNull @Size(max = LONGEST) String email,
            @Size(max = LONGEST) String address, @NotNull @Size(max = 2) String country) {}

    /** In Java's characters, of which an emoji has two or more; the exact limits are those of the customer. */
    private static final int LONGEST = 2_000;

    private final BillingView view;
    private final Plans plans;
    private final KeepCustomer customer;
    private final UsageView usage;

    BillingController(BillingView view, Plans plans, KeepCustomer customer, UsageView usage) {
        this.view = view;
        this.plans = plans;
        this.customer = customer;
        this.usage = usage;
    }

    /** Lists the plans of the installation, in the order of their codes. */
    @Requires(Permission.BILLING_READ)
    @GetMapping("/plans")
    Page<Plan> plans() {
        return Page.whole(plans.all());
    }

    /** Shows the company's account with its plan. */
    @Requires(Permission.BILLING_READ)
    @GetMapping("/account")
    ResponseEntity<BillingView.Account> account() {
        var account = view.account();
        return IfMatch.ok(account.version(), account);
    }

    /** Shows how far each limit of the plan is used. */
    @Requires(Permission.BILLING_READ)
    @GetMapping("/limits")
    Page<UsageView.LimitUsage> limits() {
        return Page.whole(usage.limits(Clock.systemUTC().instant()));
    }

    /** Shows what was used by month, {@code from} and {@code to} written 2026-03. */
    @Requires(Permission.BILLING_READ)
    @GetMapping("/usage")
    Page<UsageView.Month> usage(@RequestParam Optional<String> from, @RequestParam Optional<String> to) {
        return Page.whole(usage.months(from.map(text -> Dates.month("from", text)), to.map(text -> Dates.month("to", text)), Clock.systemUTC().instant()));
    }

    /** Shows to whom the company's invoices go. */
    @Requires(Permission.BILLING_READ)
    @GetMapping("/customer")
    ResponseEntity<KeepCustomer.Shown> customer() {
        var shown = customer.shown();
        return IfMatch.ok(shown.version(), shown);
    }

    /** Says to whom the company's invoices go. */
    @Requires(Permission.BILLING_MANAGE)
    @PutMapping("/customer")
    ResponseEntity<KeepCustomer.Shown> customer(IfMatch seen, @Valid @RequestBody Customer request) {
        var shown = customer.say(new KeepCustomer.Typed(request.name(), Optional.ofNullable(request.taxId()), request.email(),
                Optional.ofNullable(request.address()), request.country()), seen::mustBe);
        return IfMatch.ok(shown.version(), shown);
    }
}
