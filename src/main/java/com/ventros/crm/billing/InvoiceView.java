package com.ventros.crm.billing;

import com.ventros.crm.billing.Invoice.State;
import com.ventros.crm.http.Paging;
import com.ventros.crm.kernel.Codes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Invoices as screens show them. */
@Component
public class InvoiceView {

    /**
     * An invoice; {@code month} is written 2026-03, {@code status} is {@code open}, {@code paid} or {@code void}.
     *
     * @param number from 1 for each company, without a gap
     * @param total  in the currency's smallest parts
     * @param to     as the customer was then; null where nobody had said
     * @param paidBy {@code by_hand}
     * @param note   of whoever settled it
     */
    public record Shown(UUID id, long number, String month, String status, String plan, String currency, long total, List<Line> lines,
            Optional<To> to, Instant issuedAt, Optional<Instant> settledAt, Optional<String> paidBy, Optional<String> note, long version) {}

    /** {@code what} is {@code plan}, whose name is {@code text}, or something that was used and is in its price. */
    public record Line(String what, Optional<String> text, long quantity, long amount) {}

    /** To whom it goes. */
    public record To(String name, Optional<String> taxId, String email, Optional<String> address, String country) {}

    private final Invoices invoices;

    InvoiceView(Invoices invoices) {
        this.invoices = invoices;
    }

    /** The bound tenant's, the last first. */
    @Transactional(readOnly = true)
    public List<Shown> list(Paging paging) {
        return invoices.list(paging).stream().map(InvoiceView::shown).toList();
    }

    Shown one(UUID id) {
        return shown(invoices.find(id).orElseThrow());
    }

    private static Shown shown(Invoice invoice) {
        var face = invoice.face;
        var lines = new ArrayList<>(List.of(new Line("plan", Optional.of(face.planName()), 1, face.price())));
        for (var what : Metered.values()) lines.add(new Line(Codes.of(what), Optional.empty(), face.used().get(what), 0));
        var to = face.customer().map(one -> new To(one.name(), one.taxId().map(TaxId::value), one.email().value(), one.address(), one.country()));
        var settled = switch (invoice.state()) {
            case State.Open _ -> new Settled("open", Optional.empty(), Optional.empty(), Optional.empty());
            case State.Paid(var receipt, var at) -> new Settled("paid", Optional.of(at), Optional.of(Codes.of(receipt.how())), Optional.of(receipt.note()));
            case State.Void(var reason, var at) -> new Settled("void", Optional.of(at), Optional.empty(), Optional.of(reason));
        };
        return new Shown(invoice.id, face.number(), face.month().toString(), settled.status(), face.planCode(), face.currency(), face.price(),
                List.copyOf(lines), to, face.issuedAt(), settled.at(), settled.by(), settled.note(), invoice.storedVersion);
    }

    private record Settled(String status, Optional<Instant> at, Optional<String> by, Optional<String> note) {}
}
