package com.ventros.crm.accounts;

import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.EmailAddress;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** A company begins to use the CRM: a tenant with its first project and its owner. */
@Component
public class OpenTenant {

    /** Where a first project is, until its settings say otherwise. */
    private static final String COUNTRY = "BR";
    private static final String TIME_ZONE = "America/Sao_Paulo";
    /** Two first administrators at once queue up here; the number only has to be ours. */
    private static final long FIRST_TENANT_LOCK = 0x7665_6e74_726f_7302L;

    /** A company, and the person who will own its account. */
    public record Command(String company, String ownerName, String email, String password) {
        @Override
        public String toString() {
            return "OpenTenant[" + company + ", " + email + "]";
        }
    }

    /** What was made. */
    public record Opened(TenantId tenant, ProjectId project, UserId owner) {}

    private final JdbcClient db;
    private final JdbcClient system;
    private final TransactionTemplate transaction;
    private final Outbox outbox;
    private final Members members;
    private final Passwords passwords;

    OpenTenant(JdbcClient db, @Qualifier("system") JdbcClient system, TransactionTemplate transaction, Outbox outbox,
            Members members, Passwords passwords) {
        this.db = db;
        this.system = system;
        this.transaction = transaction;
        this.outbox = outbox;
        this.members = members;
        this.passwords = passwords;
    }

    /** Opens a tenant in a transaction of its own; refused when the e-mail address is taken. */
    public Opened handle(Command command) {
        return open(command, false);
    }

    /** Opens the first tenant of the installation; refused when there is one, however many try at once. */
    public Opened first(Command command) {
        return open(command, true);
    }

    /** True once anybody uses this installation. */
    public boolean anyTenant() {
        return system.sql("select exists (select from tenant)").query(Boolean.class).single();
    }

    private Opened open(Command command, boolean first) {
        var company = Named.checked("company", command.company());
        var name = Named.checked("name", command.ownerName());
        var email = EmailAddress.typed(command.email());
        var hash = passwords.hash("password", command.password(), email);
        var opened = new Opened(TenantId.create(), ProjectId.create(), UserId.create());
        var now = Instant.now();
        var owner = new Actor(Actor.Kind.USER, opened.owner().toString());
        var cause = Cause.bound().map(why -> why.by(owner)).orElseGet(() -> Cause.outside(Cause.Outside.Kind.PROGRAM, "start", owner));
        Tenancy.run(opened.tenant(), () -> cause.run(() -> transaction.executeWithoutResult(_ -> {
            if (first) mustBeFirst();
            db.sql("insert into tenant (tenant_id, name, created_at) values (:tenant, :name, :at)")
                    .param("tenant", opened.tenant().value()).param("name", company)
                    .param("at", now.atOffset(ZoneOffset.UTC)).update();
            db.sql("""
                    insert into project (tenant_id, id, name, country, time_zone, created_at)
                    values (:tenant, :id, :name, :country, :zone, :at)
                    """)
                    .param("tenant", opened.tenant().value()).param("id", opened.project().value())
                    .param("name", company).param("country", COUNTRY).param("zone", TIME_ZONE)
                    .param("at", now.atOffset(ZoneOffset.UTC)).update();
            outbox.append(List.of(
                    new NewEvent(new AccountEvent.TenantOpened(opened.tenant().value(), company), "tenant",
                            opened.tenant().value(), 0, Optional.empty(), now, cause),
                    new NewEvent(new AccountEvent.ProjectCreated(opened.project().value(), company, COUNTRY, TIME_ZONE),
                            "project", opened.project().value(), 0, Optional.of(opened.project()), now, cause)));
            members.add(opened.owner(), name, email, hash, Role.OWNER, now);
        })));
        return opened;
    }

    /** The lock is held to the end of the transaction, so the second to come sees what the first has committed. */
    private void mustBeFirst() {
        db.sql("select pg_advisory_xact_lock(:lock)").param("lock", FIRST_TENANT_LOCK).query().singleRow();
        if (anyTenant()) throw Refusal.conflict("already_set_up", "This installation already has its administrator.");
    }
}
