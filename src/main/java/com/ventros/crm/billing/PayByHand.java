package com.ventros.crm.billing;

import org.springframework.stereotype.Component;

/** Somebody has seen the money, and says so. */
@Component
class PayByHand implements Payments {

    @Override
    public Receipt pay(Invoice invoice, String note) {
        return new Receipt(How.BY_HAND, BillingAccount.said("note", note));
    }
}
