package com.ventros.crm.billing;

import com.ventros.crm.billing.Invoice.Face;
import com.ventros.crm.billing.Invoice.State;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.http.Paging;
import com.ventros.crm.kernel.Codes;
import com.ventros.crm.kernel.EmailAddress;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps invoices. */
@Repository
class Invoices {

    private final JdbcClient db;
    private final JdbcClient system;
    private final Outbox outbox;

    Invoices(JdbcClient db, @Qualifier("system") JdbcClient system, Outbox outbox) {
        this.db = db;
        this.system = system;
        this.outbox = outbox;
    }

    /** The number after the last one; nobody else takes it while the account is locked. */
    long nextNumber() {
        return db.sql("select coalesce(max(number), 0) + 1 from billing_invoice").query(Long.class).single();
    }

    void add(Invoice invoice) {
        var face = invoice.face;
        var used = new HashMap<String, Object>();
        for (var what : Metered.values()) used.put(Codes.of(what), face.used().getOrDefault(what, 0L));
        db.sql("""
                insert into billing_invoice (tenant_id, id, number, month, status, plan_code, plan_name, price, currency, messages_sent, messages_received,
                                             contacts_added, channels_added, agents_added, customer_name, customer_tax_id, customer_email,
                                             customer_address, customer_country, issued_at, version)
                values (:tenant, :id, :number, :month, 'OPEN', :code, :planName, :price, :currency, :messages_sent, :messages_received,
                        :contacts_added, :channels_added, :agents_added, :name, :taxId, :email, :address, :country, :issued, 1)
                """).params(used)
                .param("tenant", Tenancy.current().value()).param("id", invoice.id).param("number", face.number()).param("month", face.month().atDay(1))
                .param("code", face.planCode()).param("planName", face.planName()).param("price", face.price()).param("currency", face.currency())
                .param("name", face.customer().map(Customer::name).orElse(null))
                .param("taxId", face.customer().flatMap(Customer::taxId).map(TaxId::value).orElse(null))
                .param("email", face.customer().map(Customer::email).map(EmailAddress::value).orElse(null))
                .param("address", face.customer().flatMap(Customer::address).orElse(null))
                .param("country", face.customer().map(Customer::country).orElse(null)).param("issued", utc(face.issuedAt())).update();
        tell(invoice, face.issuedAt());
    }

    /** Once it is settled; until then it is as it was issued. */
    void save(Invoice invoice, Instant now) {
        var settling = switch (invoice.state()) {
            case State.Open _ -> Map.<String, Object>of();
            case State.Paid(var receipt, var at) -> Map.<String, Object>of("status", "PAID", "at", utc(at), "how", receipt.how().name(), "note", receipt.note());
            case State.Void(var reason, var at) -> Map.<String, Object>of("status", "VOID", "at", utc(at), "how", "", "note", reason);
        };
        if (settling.isEmpty()) return;
        db.sql("""
                update billing_invoice set status = :status, settled_at = :at, paid_by = nullif(:how, ''), note = :note, version = version + 1 where id = :id
                """).params(settling).param("id", invoice.id).update();
        tell(invoice, now);
    }

    /** Locked until the transaction ends. */
    Optional<Invoice> findForUpdate(UUID id) {
        return db.sql("select * from billing_invoice where id = :id for update").param("id", id).query((row, _) -> invoice(row)).optional();
    }

    Optional<Invoice> find(UUID id) {
        return db.sql("select * from billing_invoice where id = :id").param("id", id).query((row, _) -> invoice(row)).optional();
    }

    /** The last number first, along their unique key. */
    List<Invoice> list(Paging paging) {
        return db.sql("select * from billing_invoice where number < :before order by number desc limit :limit")
                .param("before", paging.after().map(after -> after.number(0)).orElse(Long.MAX_VALUE)).param("limit", paging.fetch())
                .query((row, _) -> invoice(row)).list();
    }

    /** Whose invoice this is, of all tenants. */
    Optional<TenantId> whose(UUID id) {
        return system.sql("select tenant_id from billing_invoice where id = :id").param("id", id).query(UUID.class).optional().map(TenantId::new);
    }

    private void tell(Invoice invoice, Instant now) {
        outbox.append(invoice.takeEvents().stream().map(event -> new NewEvent(event, "billing_invoice", invoice.id, invoice.storedVersion + 1,
                Optional.empty(), now, Cause.current())).toList());
    }

    private static Invoice invoice(ResultSet row) throws SQLException {
        var used = new EnumMap<Metered, Long>(Metered.class);
        for (var what : Metered.values()) used.put(what, row.getLong(Codes.of(what)));
        return new Invoice(row.getObject("id", UUID.class), new Face(row.getLong("number"), YearMonth.from(row.getObject("month", LocalDate.class)),
                row.getString("plan_code"), row.getString("plan_name"), row.getLong("price"), row.getString("currency"), used, customer(row),
                instant(row, "issued_at")), state(row), row.getLong("version"));
    }

    private static Optional<Customer> customer(ResultSet row) throws SQLException {
        if (row.getString("customer_name") == null) return Optional.empty();
        return Optional.of(new Customer(row.getString("customer_name"), Optional.ofNullable(row.getString("customer_tax_id")).map(TaxId::new),
                new EmailAddress(row.getString("customer_email")), Optional.ofNullable(row.getString("customer_address")), row.getString("customer_country")));
    }

    private static State state(ResultSet row) throws SQLException {
        return switch (row.getString("status")) {
            case "PAID" -> new State.Paid(new Payments.Receipt(Payments.How.valueOf(row.getString("paid_by")), row.getString("note")), instant(row, "settled_at"));
            case "VOID" -> new State.Void(row.getString("note"), instant(row, "settled_at"));
            default -> new State.Open();
        };
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
