package com.ventros.crm.billing;

import com.ventros.crm.accounts.AccountView;
import com.ventros.crm.http.Paging;
import com.ventros.crm.kernel.Codes;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What screens show of accounts. */
@Component
public class BillingView {

    /**
     * An account; {@code status} is {@code pending}, {@code active}, {@code suspended} or {@code cancelled}.
     *
     * @param plan as it was when the account was put on it
     */
    public record Account(UUID id, String company, String status, Instant statusSince, Optional<String> statusReason, Plan plan, Instant planSince,
            Instant openedAt, long version) {}

    private final JdbcClient system;
    private final BillingAccounts accounts;
    private final AccountView companies;

    BillingView(@Qualifier("system") JdbcClient system, BillingAccounts accounts, AccountView companies) {
        this.system = system;
        this.accounts = accounts;
        this.companies = companies;
    }

    /** The bound tenant's. */
    @Transactional(readOnly = true)
    public Account account() {
        return shown(companies.tenant().name(), accounts.present());
    }

    /** Those of all tenants, for whoever runs the installation, the newest first, along {@code billing_account_by_age}. */
    public List<Account> all(Paging paging) {
        var params = new HashMap<String, Object>();
        var where = "";
        if (paging.after().isPresent()) {
            where = " where (a.opened_at, a.id) < (:afterTime::timestamptz, :afterId)";
            params.put("afterTime", paging.after().get().instant(0).toString());
            params.put("afterId", paging.after().get().uuid(1));
        }
        return system.sql("select a.*, t.name as company from billing_account a join tenant t on t.tenant_id = a.tenant_id" + where
                + " order by a.opened_at desc, a.id desc limit :limit").params(params).param("limit", paging.fetch())
                .query((row, _) -> shown(row.getString("company"), BillingAccounts.account(row))).list();
    }

    private static Account shown(String company, BillingAccount account) {
        return new Account(account.id, company, Codes.of(account.standing().status()), account.standing().since(), account.standing().reason(),
                account.plan(), account.planSince(), account.openedAt, account.storedVersion);
    }
}
