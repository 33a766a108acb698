package com.ventros.crm.billing;

import com.ventros.crm.kernel.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** The plans of the installation: those of its settings, and the one that limits nothing. */
@Component
@EnableConfigurationProperties(BillingProperties.class)
public class Plans {

    private final TreeMap<String, Plan> plans = new TreeMap<>();
    private final Plan usual;
    private final BillingAccount.Status first;

    /** A start with plans that make no sense ends with a sentence. */
    Plans(BillingProperties settings) {
        plans.put(Plan.UNLIMITED.code(), Plan.UNLIMITED);
        settings.plans().forEach((code, plan) -> plans.put(code, new Plan(code, plan.name(), plan.price(), plan.currency(), new Plan.Allowed(
                Optional.ofNullable(plan.limits().agents()), Optional.ofNullable(plan.limits().channels()),
                Optional.ofNullable(plan.limits().contacts()), Optional.ofNullable(plan.limits().messages())))));
        usual = find(settings.defaultPlan()).orElseThrow(() ->
                new IllegalArgumentException("crm.billing.default-plan names no plan: " + settings.defaultPlan()));
        first = settings.newAccountsWait() ? BillingAccount.Status.PENDING : BillingAccount.Status.ACTIVE;
    }

    /** In the order of their codes. */
    public List<Plan> all() {
        return List.copyOf(plans.values());
    }

    /** Refused when there is none of that code. */
    Plan named(String code) {
        return find(code).orElseThrow(() -> Refusal.invalid("plan", "unknown", "There is no such plan."));
    }

    /** On which a company begins. */
    Plan usual() {
        return usual;
    }

    /** How a company begins. */
    BillingAccount.Status first() {
        return first;
    }

    private Optional<Plan> find(String code) {
        return Optional.ofNullable(plans.get(code));
    }
}
