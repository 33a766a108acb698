package com.ventros.crm.billing;

import com.ventros.crm.Api;
import com.ventros.crm.TestCallers;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;

/** Whoever runs the installation of the tests, as their settings name it. */
public record Installation(Api operator) {

    static final String ACCOUNT = "/api/v1/billing/account";
    static final String ACCOUNTS = "/api/v1/billing/accounts";
    private static final TenantId COMPANY = new TenantId(UUID.fromString("0197b0e4-0000-7000-8000-00000000c0de"));

    public static Installation of(int port, JdbcClient db, TransactionOperations transaction) {
        Tenancy.run(COMPANY, () -> transaction.executeWithoutResult(_ -> db.sql("""
                insert into tenant (tenant_id, name, created_at) values (:id, 'Operadora', now()) on conflict do nothing
                """).param("id", COMPANY.value()).update()));
        return new Installation(Api.anonymous(port).as(TestCallers.mayAll(COMPANY)));
    }

    /** Puts a company, which has its account, on a plan. */
    JsonNode assign(Api company, String plan) {
        var own = company.get(ACCOUNT);
        var answer = operator.with("If-Match", own.header("ETag").orElseThrow()).patch(path(own.json()), Map.of("plan", plan));
        if (answer.status() != 200) throw new AssertionError(answer);
        return answer.json();
    }

    Api.Answer act(Api company, String what) {
        return operator.post(path(company.get(ACCOUNT).json()) + "/" + what, Map.of("reason", "Combinado por telefone."));
    }

    static String path(JsonNode account) {
        return ACCOUNTS + "/" + account.path("id").asString();
    }
}
