package com.ventros.crm.billing.flow;

import com.ventros.crm.billing.IssueInvoices;
import com.ventros.crm.events.DueWork;
import com.ventros.crm.events.Roles;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Has invoices written as months end. */
@Component
class InvoiceWriter extends DueWork {

    /** One look along a small index; nobody waits for an invoice. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    InvoiceWriter(IssueInvoices issueInvoices, Roles roles) {
        super("invoices", PAUSE, () -> issueInvoices.runOnce(Instant.now()), roles);
    }
}
