package com.ventros.crm.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestTenant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
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
        var named = new Operators(system, List.of(one.value()));
        assertThat(named.runInstallation(one)).isTrue();
        assertThat(named.runInstallation(other)).isFalse();
        assertThat(new Operators(system, List.of()).runInstallation(one)).isFalse();
    }
}
