package com.ventros.crm.billing;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A company gets its account, on the usual plan; one that has it keeps it. */
@Component
public class OpenAccount {

    private final BillingAccounts accounts;

    OpenAccount(BillingAccounts accounts) {
        this.accounts = accounts;
    }

    @Transactional
    public void handle() {
        accounts.open();
    }
}
