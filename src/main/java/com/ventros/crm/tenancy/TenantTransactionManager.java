package com.ventros.crm.tenancy;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells the database whose transaction it is, and how long somebody waits for each of its statements, in the same round trip that
 * begins it.
 *
 * <p>The settings are local to the transaction: a connection goes back to the pool knowing nobody.
 */
public final class TenantTransactionManager extends JdbcTransactionManager {

    private static final String WHOSE = "select set_config('crm.tenant_id', ?, true)";
    private static final String WHOSE_AND_HOW_LONG = WHOSE + ", set_config('statement_timeout', ?, true)";

    public TenantTransactionManager(DataSource dataSource) {
        super(dataSource);
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        super.doBegin(transaction, definition);
        var tenant = Tenancy.bound();
        if (tenant.isEmpty()) return;
        var holder = (ConnectionHolder) TransactionSynchronizationManager.getResource(obtainDataSource());
        var patience = Patience.bound();
        try (var bind = holder.getConnection().prepareStatement(patience.isPresent() ? WHOSE_AND_HOW_LONG : WHOSE)) {
            bind.setString(1, tenant.get().toString());
            if (patience.isPresent()) bind.setString(2, String.valueOf(patience.get().toMillis()));
            bind.execute();
        } catch (SQLException failed) {
            // Spring cleans up only after a doBegin that returned; without this the connection would never come back.
            doCleanupAfterCompletion(transaction);
            throw new CannotCreateTransactionException("could not bind the tenant to the transaction", failed);
        }
    }
}
