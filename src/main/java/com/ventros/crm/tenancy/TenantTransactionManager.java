package com.ventros.crm.tenancy;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells the database whose transaction it is, in the same round trip that begins it.
 *
 * <p>The setting is local to the transaction: a connection goes back to the pool knowing nobody.
 */
public final class TenantTransactionManager extends JdbcTransactionManager {

    public TenantTransactionManager(DataSource dataSource) {
        super(dataSource);
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        super.doBegin(transaction, definition);
        var tenant = Tenancy.bound();
        if (tenant.isEmpty()) return;
        var holder = (ConnectionHolder) TransactionSynchronizationManager.getResource(obtainDataSource());
        try (var bind = holder.getConnection().prepareStatement("select set_config('crm.tenant_id', ?, true)")) {
            bind.setString(1, tenant.get().toString());
            bind.execute();
        } catch (SQLException failed) {
            // Spring cleans up only after a doBegin that returned; without this the connection would never come back.
            doCleanupAfterCompletion(transaction);
            throw new CannotCreateTransactionException("could not bind the tenant to the transaction", failed);
        }
    }
}
