package com.ventros.crm;

import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** A new tenant with one project, Brazilian and with the usual half hour of silence. */
public record TestTenant(TenantId tenant, ProjectId project) {

    public static TestTenant create(JdbcClient db, TransactionOperations transaction) {
        var created = new TestTenant(TenantId.create(), ProjectId.create());
        Tenancy.run(created.tenant, () -> transaction.executeWithoutResult(_ -> {
            db.sql("insert into tenant (tenant_id, name, created_at) values (:id, 'Loja Exemplo', now())")
                    .param("id", created.tenant.value()).update();
            db.sql("""
                    insert into project (tenant_id, id, name, created_at)
                    values (:tenant, :id, 'Loja', now())
                    """)
                    .param("tenant", created.tenant.value()).param("id", created.project.value()).update();
        }));
        return created;
    }
}
