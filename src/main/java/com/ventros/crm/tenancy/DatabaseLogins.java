package com.ventros.crm.tenancy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The three logins: the owner changes the schema, {@code crm_app} works for one tenant at a time under row security,
 * {@code crm_system} sees the few tables that cross tenants (queues, outbox, deadlines).
 *
 * @param url            JDBC address, the same for all three
 * @param owner          name of the owner's login
 * @param ownerPassword  its password
 * @param appPassword    password of {@code crm_app}
 * @param systemPassword password of {@code crm_system}
 */
record DatabaseLogins(String url, String owner, String ownerPassword, String appPassword, String systemPassword) {

    static final String APP = "crm_app";
    static final String SYSTEM = "crm_system";

    private static final Logger log = LoggerFactory.getLogger(DatabaseLogins.class);
    /** Two nodes that start together must not alter one role at once; the number only has to be ours. */
    private static final long ROLES_LOCK = 0x7665_6e74_726f_7301L;

    static DatabaseLogins of(String url, String owner, String ownerPassword, DatabaseProperties settings) {
        return new DatabaseLogins(url, owner, ownerPassword,
                settings.appPassword().orElseGet(() -> derive(ownerPassword, APP)),
                settings.systemPassword().orElseGet(() -> derive(ownerPassword, SYSTEM)));
    }

    /** Makes sure that both bound roles exist and can log in; changes nothing when they can. */
    void prepare() {
        if (canLogIn(APP, appPassword) && canLogIn(SYSTEM, systemPassword)) return;
        try (var connection = DriverManager.getConnection(url, owner, ownerPassword);
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(" + ROLES_LOCK + ")");
            ensure(connection, APP, appPassword);
            ensure(connection, SYSTEM, systemPassword);
            connection.commit();
        } catch (SQLException failed) {
            throw new IllegalStateException("The roles crm_app and crm_system cannot log in, and " + owner
                    + " may not create them. Create both with LOGIN, NOSUPERUSER and NOBYPASSRLS and set"
                    + " crm.database.app-password and crm.database.system-password.", failed);
        }
        log.info("Prepared the database roles {} and {}", APP, SYSTEM);
    }

    private static void ensure(Connection connection, String role, String password) throws SQLException {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery("select 1 from pg_roles where rolname = '" + role + "'")) {
            var verb = found.next() ? "alter" : "create";
            statement.execute("set local password_encryption = 'scram-sha-256'");
            statement.execute("%s role %s with login nosuperuser nobypassrls nocreaterole nocreatedb password '%s'"
                    .formatted(verb, role, password.replace("'", "''")));
        }
    }

    private boolean canLogIn(String role, String password) {
        try (var connection = DriverManager.getConnection(url, role, password)) {
            return connection.isValid(0);
        } catch (SQLException refused) {
            return false;
        }
    }

    private static String derive(String ownerPassword, String role) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(("ventros:" + ownerPassword).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(role.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HmacSHA256", impossible);
        }
    }
}
