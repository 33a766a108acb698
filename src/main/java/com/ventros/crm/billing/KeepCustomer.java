package com.ventros.crm.billing;

import com.ventros.crm.billing.BillingEvent.CustomerChanged;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.EmailAddress;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** To whom the company's invoices go. Nobody, before somebody says so. */
@Component
public class KeepCustomer {

    /** As screens show it; all is empty, and the version 0, until somebody says it. */
    public record Shown(Optional<String> name, Optional<String> taxId, Optional<String> email, Optional<String> address, Optional<String> country,
            long version) {

        static final Shown NOBODY = new Shown(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0);
    }

    /** All of it, as somebody typed it. */
    public record Typed(String name, Optional<String> taxId, String email, Optional<String> address, String country) {}

    private final JdbcClient db;
    private final Outbox outbox;

    KeepCustomer(JdbcClient db, Outbox outbox) {
        this.db = db;
        this.outbox = outbox;
    }

    @Transactional(readOnly = true)
    public Shown shown() {
        return find("").orElse(Shown.NOBODY);
    }

    /** Whom an invoice of now goes to. */
    Optional<Customer> customer() {
        return find("").map(shown -> new Customer(shown.name().orElseThrow(), shown.taxId().map(TaxId::new), new EmailAddress(shown.email().orElseThrow()),
                shown.address(), shown.country().orElseThrow()));
    }

    /** {@code version} refuses unless it is the one that the person had before their eyes. */
    @Transactional
    public Shown say(Typed typed, LongConsumer version) {
        version.accept(find(" for update").orElse(Shown.NOBODY).version());
        var customer = Customer.typed(typed.name(), typed.taxId(), typed.email(), typed.address(), typed.country());
        var kept = db.sql("""
                insert into billing_customer as c (tenant_id, name, tax_id, email, address, country, version)
                values (:tenant, :name, :taxId, :email, :address, :country, 1)
                    on conflict (tenant_id) do update set name = excluded.name, tax_id = excluded.tax_id, email = excluded.email,
                       address = excluded.address, country = excluded.country, version = c.version + 1
                returning version
                """)
                .param("tenant", Tenancy.current().value()).param("name", customer.name()).param("taxId", customer.taxId().map(TaxId::value).orElse(null))
                .param("email", customer.email().value()).param("address", customer.address().orElse(null)).param("country", customer.country())
                .query(Long.class).single();
        // Of two who say it first, the second has seen nothing either, and would write over the other's words.
        version.accept(kept - 1);
        outbox.append(List.of(new NewEvent(new CustomerChanged(customer.name(), customer.country()), "billing_customer", Tenancy.current().value(), kept,
                Optional.empty(), Instant.now().truncatedTo(ChronoUnit.MICROS), Cause.current())));
        return shown();
    }

    private Optional<Shown> find(String lock) {
        return db.sql("select * from billing_customer" + lock).query((row, _) -> new Shown(Optional.of(row.getString("name")),
                Optional.ofNullable(row.getString("tax_id")), Optional.of(row.getString("email")), Optional.ofNullable(row.getString("address")),
                Optional.of(row.getString("country")), row.getLong("version"))).optional();
    }
}
