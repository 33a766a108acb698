package com.ventros.crm.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestTenant;
import com.ventros.crm.kernel.TenantId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseTest
class OperatorsTests {

    @Autowired
    JdbcClient db;

    @Autowired
    @Qualifier("system")
    JdbcClient system;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void onlyTheOperatorsOfTheNamedTenantsRunASharedInstallation() {
        var one = TestTenant.create(db, transaction).tenant();
        var other = TestTenant.create(db, transaction).tenant();
        var named = new Operators(system, new AccountsProperties(false), List.of(one.value()));
        assertThat(named.runInstallation(one)).isTrue();
        assertThat(named.runInstallation(other)).isFalse();
        assertThat(new Operators(system, new AccountsProperties(false), List.of()).runInstallation(one)).isFalse();
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void aStartWithoutAnybodyWhoRunsTheInstallationSaysWhatToSet(CapturedOutput log) {
        var one = TestTenant.create(db, transaction).tenant();
        TestTenant.create(db, transaction);
        new Operators(system, new AccountsProperties(true), List.of(one.value())).sayThatNobodyDoes();
        assertThat(log.getOut()).doesNotContain("Nobody runs this installation");
        new Operators(system, new AccountsProperties(true), List.of()).sayThatNobodyDoes();
        assertThat(log.getOut()).contains("Nobody runs this installation, since anybody may open a company here (crm.accounts.sign-up) and crm.operations.tenants "
                + "names none").contains("Set it to the id of your own, which GET /api/v1/me shows as tenant.id.");
        assertThat(new Operators(system, new AccountsProperties(false), List.of()).whatToSet()).hasValueSatisfying(said ->
                assertThat(said).contains("since several companies share it"));
    }

    /** Whoever signs up on an empty server has seen no set-up code, and is the only company all the same. */
    @Test
    void theOnlyCompanyRunsTheInstallationUnlessAnybodyMayOpenOne() {
        var only = TenantId.create();
        transaction.executeWithoutResult(_ -> {
            db.sql("create temp table tenant on commit drop as select :id as tenant_id").param("id", only.value()).update();
            assertThat(new Operators(db, new AccountsProperties(false), List.of()).runInstallation(only)).isTrue();
            assertThat(new Operators(db, new AccountsProperties(false), List.of()).whatToSet()).isEmpty();
            var open = new Operators(db, new AccountsProperties(true), List.of());
            assertThat(open.runInstallation(only)).isFalse();
            assertThat(open.whatToSet()).hasValueSatisfying(said -> assertThat(said).endsWith("which seems to be " + only + "."));
        });
    }
}
