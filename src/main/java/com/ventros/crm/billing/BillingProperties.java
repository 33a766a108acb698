package com.ventros.crm.billing;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param plans           what companies can be put on, by code, beside {@code unlimited}
 * @param defaultPlan     code of the plan on which a company begins
 * @param newAccountsWait whether a new company sends nothing before whoever runs the installation activates its account
 */
@ConfigurationProperties("crm.billing")
record BillingProperties(@DefaultValue Map<String, PlanSettings> plans, @DefaultValue("unlimited") String defaultPlan,
        @DefaultValue("false") boolean newAccountsWait) {

    /** @param price of a month, in the currency's smallest parts */
    record PlanSettings(String name, long price, @DefaultValue("BRL") String currency, @DefaultValue LimitSettings limits) {}

    /** What is missing has no end. */
    record LimitSettings(Long agents, Long channels, Long contacts, Long messages) {}
}
