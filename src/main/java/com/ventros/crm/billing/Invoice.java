package com.ventros.crm.billing;

import com.ventros.crm.billing.BillingEvent.InvoiceIssued;
import com.ventros.crm.billing.BillingEvent.InvoicePaid;
import com.ventros.crm.billing.BillingEvent.InvoiceVoided;
import com.ventros.crm.kernel.Aggregate;
import com.ventros.crm.kernel.Codes;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Uuids;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What a company is to pay for a month. It stays as it was written, until it is paid or somebody takes it back. */
final class Invoice extends Aggregate<BillingEvent> {

    /** What is written on it: the plan's price, and what was used for that. */
    record Face(long number, YearMonth month, String planCode, String planName, long price, String currency, Map<Metered, Long> used,
            Optional<Customer> customer, Instant issuedAt) {}

    /** How far it is. */
    sealed interface State {
        record Open() implements State {}

        record Paid(Payments.Receipt receipt, Instant at) implements State {}

        record Void(String reason, Instant at) implements State {}
    }

    final UUID id;
    final Face face;
    /** Version of the row as it was read; 0 for an invoice that has none yet. */
    final long storedVersion;
    private State state;

    Invoice(UUID id, Face face, State state, long storedVersion) {
        this.id = id;
        this.face = face;
        this.state = state;
        this.storedVersion = storedVersion;
    }

    static Invoice issue(Face face) {
        var invoice = new Invoice(Uuids.v7(), face, new State.Open(), 0);
        invoice.raise(new InvoiceIssued(invoice.id, face.number(), face.month().toString(), face.planCode(), face.price(), face.currency()));
        return invoice;
    }

    /** Has the money taken, as somebody pays here. */
    void pay(Payments payments, String note, Instant now) {
        mustBeOpen();
        var receipt = payments.pay(this, note);
        state = new State.Paid(receipt, now);
        raise(new InvoicePaid(id, face.number(), Codes.of(receipt.how()), receipt.note()));
    }

    /** It was not to be paid after all. */
    void annul(String typed, Instant now) {
        mustBeOpen();
        var reason = BillingAccount.said("reason", typed);
        state = new State.Void(reason, now);
        raise(new InvoiceVoided(id, face.number(), reason));
    }

    State state() {
        return state;
    }

    private void mustBeOpen() {
        switch (state) {
            case State.Open _ -> {}
            case State.Paid _ -> throw Refusal.conflict("invoice_paid", "This invoice is paid.");
            case State.Void _ -> throw Refusal.conflict("invoice_void", "This invoice is void.");
        }
    }
}
