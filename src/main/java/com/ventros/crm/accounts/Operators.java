package com.ventros.crm.accounts;

import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who runs the installation, and so may see what belongs to nobody or to any tenant: the operators of the tenants that
 * {@code crm.operations.tenants} names. Unless it names any, those of the only tenant there is; where several share a
 * server, or anybody may open one there, then nobody.
 */
@Component
public class Operators {

    private static final Logger log = LoggerFactory.getLogger(Operators.class);

    private final JdbcClient system;
    private final AccountsProperties settings;
    private final Set<TenantId> named;

    Operators(@Qualifier("system") JdbcClient system, AccountsProperties settings, @Value("${crm.operations.tenants:}") List<UUID> tenants) {
        this.system = system;
        this.settings = settings;
        this.named = tenants.stream().map(TenantId::new).collect(Collectors.toSet());
    }

    /** Whether the operators of this tenant run the installation. */
    public boolean runInstallation(TenantId tenant) {
        if (!named.isEmpty()) return named.contains(tenant);
        // A stranger who signs up before those who run the server would be the only one, without having seen the set-up code.
        return !settings.signUp() && someTenants().equals(List.of(tenant.value()));
    }

    @EventListener(ApplicationReadyEvent.class)
    void sayThatNobodyDoes() {
        whatToSet().ifPresent(log::warn);
    }

    /** Why nobody runs the installation, and what to set so that somebody does; empty where somebody does. */
    Optional<String> whatToSet() {
        var tenants = someTenants();
        if (!named.isEmpty() || !settings.signUp() && tenants.size() < 2) return Optional.empty();
        return Optional.of("Nobody runs this installation, since "
                + (settings.signUp() ? "anybody may open a company here (crm.accounts.sign-up)" : "several companies share it")
                + " and crm.operations.tenants names none: nobody may look into what failed of all companies, or change their plans."
                + " Set it to the id of your own"
                + (tenants.size() == 1 ? ", which seems to be " + tenants.getFirst() : ", which GET /api/v1/me shows as tenant.id") + ".");
    }

    /** Enough to tell whether there is one alone. */
    private List<UUID> someTenants() {
        return system.sql("select tenant_id from tenant limit 2").query(UUID.class).list();
    }

    /** Refuses the operators of any other tenant. */
    public void mustRunInstallation(TenantId tenant) {
        if (runInstallation(tenant)) return;
        throw new Refusal(Refusal.Kind.FORBIDDEN, "not_the_installations_operator", "This is for those who run the installation.");
    }
}
