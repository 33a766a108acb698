package com.ventros.crm.billing;

import com.ventros.crm.kernel.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.springframework.stereotype.Component;

/** Whoever runs the installation says that an invoice is paid, or takes it back; companies look at theirs. */
@Component
public class SettleInvoices {

    private final Invoices invoices;
    private final InvoiceView view;
    private final OnBehalf onBehalf;
    private final Payments payments;

    SettleInvoices(Invoices invoices, InvoiceView view, OnBehalf onBehalf, Payments payments) {
        this.invoices = invoices;
        this.view = view;
        this.onBehalf = onBehalf;
        this.payments = payments;
    }

    /** An invoice that the bound tenant may see: its own, or any if it runs the installation. */
    public InvoiceView.Shown shown(UUID id) {
        return onBehalf.look(invoices.whose(id), Refusal.notFound("invoice"), () -> view.one(id));
    }

    public InvoiceView.Shown pay(UUID id, String note) {
        return settle(id, (invoice, now) -> invoice.pay(payments, note, now));
    }

    public InvoiceView.Shown annul(UUID id, String reason) {
        return settle(id, (invoice, now) -> invoice.annul(reason, now));
    }

    private InvoiceView.Shown settle(UUID id, BiConsumer<Invoice, Instant> how) {
        return onBehalf.act(invoices.whose(id), Refusal.notFound("invoice"), () -> {
            var invoice = invoices.findForUpdate(id).orElseThrow();
            var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
            how.accept(invoice, now);
            invoices.save(invoice, now);
            return view.one(id);
        });
    }
}
