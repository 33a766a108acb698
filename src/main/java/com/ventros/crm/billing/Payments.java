package com.ventros.crm.billing;

/** How invoices are paid. By hand now; a payment service will stand here, where somebody wants one. */
interface Payments {

    /** Ways of paying. */
    enum How { BY_HAND }

    /** That it was paid. */
    record Receipt(How how, String note) {}

    /** Has an open invoice paid; {@code note} is what whoever asks says of it. */
    Receipt pay(Invoice invoice, String note);
}
