package com.ventros.crm.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.DatabaseTest;
import com.ventros.crm.embedded.EmbeddedDatabase;
import com.ventros.crm.http.Permission;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A permission that becomes two: whoever had the one has both. */
@DatabaseTest
class SplitPermissionTests {

    private static final String NAME = "split_permission";

    @Autowired
    EmbeddedDatabase server;

    @Test
    void rolesAndKeysThatCouldChangePipelinesStillCan() throws SQLException {
        try (var admin = DriverManager.getConnection(server.url(), server.username(), server.password());
                var statement = admin.createStatement()) {
            statement.execute("create database " + NAME);
        }
        var url = server.url().replaceFirst("/postgres$", "/" + NAME);
        Flyway.configure().dataSource(url, server.username(), server.password()).target("416").load().migrate();
        try (var database = DriverManager.getConnection(url, server.username(), server.password());
                var statement = database.createStatement()) {
            statement.execute("set session_replication_role = replica"); // there is neither tenant nor member
            statement.execute("""
                    insert into custom_role (tenant_id, id, name, permissions, created_at, version)
                    select gen_random_uuid(), gen_random_uuid(), name, permissions, now(), 1
                      from (values ('Vendas', '{CONTACT_READ,PIPELINE_WRITE}'::text[]), ('Leitura', '{PIPELINE_READ}')) r (name, permissions)
                    """);
            statement.execute("""
                    insert into api_key (tenant_id, id, name, prefix, hash, scopes, created_by, created_at)
                    select gen_random_uuid(), gen_random_uuid(), name, name, sha256(convert_to(name, 'UTF8')), scopes, gen_random_uuid(), now()
                      from (values ('Loja', '{PIPELINE_WRITE}'::text[]), ('Painel', '{REPORT_READ}')) k (name, scopes)
                    """);
            Flyway.configure().dataSource(url, server.username(), server.password()).load().migrate();
            assertThat(words(statement, "select permissions from custom_role order by name"))
                    .isEqualTo("{PIPELINE_READ} {CONTACT_READ,PIPELINE_WRITE,PIPELINE_MANAGE}");
            assertThat(words(statement, "select version from custom_role order by name")).as("who edits it sees that it changed").isEqualTo("1 2");
            assertThat(words(statement, "select scopes from api_key order by name")).isEqualTo("{PIPELINE_WRITE,PIPELINE_MANAGE} {REPORT_READ}");
        }
        assertThat(Arrays.stream(Role.values()).filter(role -> role.permissions().contains(Permission.PIPELINE_MANAGE)))
                .containsExactly(Role.OWNER, Role.ADMIN, Role.SUPERVISOR);
        assertThat(Role.AGENT.permissions()).contains(Permission.PIPELINE_WRITE);
    }

    private static String words(Statement statement, String sql) throws SQLException {
        var words = new StringBuilder();
        try (var rows = statement.executeQuery(sql)) {
            while (rows.next()) words.append(words.isEmpty() ? "" : " ").append(rows.getString(1));
        }
        return words.toString();
    }
}
