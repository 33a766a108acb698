package com.ventros.crm.accounts;

import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who runs the installation, and so may see what belongs to nobody or to any tenant: the operators of the tenants that
 * {@code crm.operations.tenants} names. Unless it names any, those of the only tenant there is; where several share a
 * server, then nobody.
 */
@Component
public class Operators {

    private final JdbcClient system;
    private final Set<TenantId> named;

    Operators(@Qualifier("system") JdbcClient system, @Value("${crm.operations.tenants:}") List<UUID> tenants) {
        this.system = system;
        this.named = tenants.stream().map(TenantId::new).collect(Collectors.toSet());
    }

    /** Whether the operators of this tenant run the installation. */
    public boolean runInstallation(TenantId tenant) {
        if (!named.isEmpty()) return named.contains(tenant);
        return system.sql("select tenant_id from tenant limit 2").query(UUID.class).list().equals(List.of(tenant.value()));
    }

    /** Refuses the operators of any other tenant. */
    public void mustRunInstallation(TenantId tenant) {
        if (runInstallation(tenant)) return;
        throw new Refusal(Refusal.Kind.FORBIDDEN, "not_the_installations_operator", "This is for those who run the installation.");
    }
}
