package com.ventros.crm.tenancy;

import com.ventros.crm.embedded.EmbeddedDatabase;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** Two pools: tenants' work under row security (the default one), and {@code system} for what crosses tenants. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseProperties.class)
class DatabaseConfiguration {

    /** Longer than any healthy wait for a connection, shorter than a browser's patience. */
    private static final Duration CONNECTION_WAIT = Duration.ofSeconds(10);
    /**
     * A program that stands still in the middle of a transaction holds its locks, and with them everybody else. Nothing
     * of ours waits for so long within one: the longest is ten seconds for a broker.
     */
    private static final Duration IDLE_IN_TRANSACTION = Duration.ofSeconds(15);
    /** A program whose network is gone is noticed within half a minute, not after the two hours that systems preset. */
    private static final String KEEPALIVES =
            "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=4";
    /**
     * What a disk without moving parts costs; PostgreSQL's preset of 4 is that of a spinning one, and has it read tables
     * of thousands of rows from end to end for the thirty that a batch is about.
     */
    private static final String DISK = "-c random_page_cost=1.1";
    /**
     * Many people ask at once, so that the processors are busy already; to start helpers for one of them takes five milliseconds, more
     * than most answers take, and answers so short are not worth compiling for. Before PostgreSQL 18 a way that is switched off has a made-up
     * price, for which every such statement would be compiled.
     */
    private static final String ALONE = "-c max_parallel_workers_per_gather=0 -c jit=off";
    /**
     * Queues and outbox are full one minute and empty the next, with dead rows left behind: what PostgreSQL last counted
     * there is never true. An index scan marks the entries of dead rows and passes over them from then on; any other way
     * reads all of them again each time. A statement without an index to go by is answered as ever.
     */
    private static final String QUEUES = "-c enable_seqscan=off -c enable_bitmapscan=off";
    /**
     * Many statements here stand alone, so that none before them could say how long somebody waits ({@link Patience}). None of them takes long by
     * itself; whoever waits for somebody else's lock ends after that time, and loops of our own come again.
     */
    private static final Duration LOCK_WAIT = Duration.ofSeconds(30);

    @Bean
    DatabaseLogins databaseLogins(
            ObjectProvider<EmbeddedDatabase> embedded, Environment environment, DatabaseProperties settings) {
        var own = embedded.getIfAvailable();
        return own != null
                ? DatabaseLogins.of(own.url(), own.username(), own.password(), settings)
                : DatabaseLogins.of(environment.getRequiredProperty("spring.datasource.url"),
                        environment.getRequiredProperty("spring.datasource.username"),
                        environment.getRequiredProperty("spring.datasource.password"), settings);
    }

    @Bean
    DatabasePreparation databasePreparation(DatabaseLogins logins, ObjectProvider<EmbeddedDatabase> embedded) {
        return new DatabasePreparation(logins, Optional.ofNullable(embedded.getIfAvailable()));
    }

    /** Spring would wait for the migrations before it makes anything that might read a table. */
    @Bean
    FlywayMigrationStrategy migrateAside(DatabasePreparation preparation) {
        return flyway -> preparation.begin(flyway::migrate);
    }

    @Bean
    FlywayConnectionDetails flywayConnectionDetails(DatabaseLogins logins) {
        return new FlywayConnectionDetails() {
            @Override
            public String getUsername() {
                return logins.owner();
            }

            @Override
            public String getPassword() {
                return logins.ownerPassword();
            }

            @Override
            public String getJdbcUrl() {
                return logins.url();
            }
        };
    }

    @Bean
    @Primary
    HikariDataSource dataSource(
            DatabasePreparation preparation, DatabaseLogins logins, DatabaseProperties settings) {
        return pool(preparation, "app", logins.url(), DatabaseLogins.APP, logins.appPassword(), settings.appPool(), "");
    }

    @Bean(defaultCandidate = false)
    @Qualifier("system")
    HikariDataSource systemDataSource(
            DatabasePreparation preparation, DatabaseLogins logins, DatabaseProperties settings) {
        return pool(preparation, "system", logins.url(), DatabaseLogins.SYSTEM, logins.systemPassword(), settings.systemPool(),
                QUEUES + " -c lock_timeout=" + LOCK_WAIT.toMillis());
    }

    @Bean
    @Primary
    PlatformTransactionManager transactionManager(DataSource dataSource) {
        return new TenantTransactionManager(dataSource);
    }

    @Bean(defaultCandidate = false)
    @Qualifier("system")
    PlatformTransactionManager systemTransactionManager(@Qualifier("system") DataSource systemDataSource) {
        return new JdbcTransactionManager(systemDataSource);
    }

    @Bean
    @Primary
    JdbcClient jdbcClient(DataSource dataSource) {
        return JdbcClient.create(dataSource);
    }

    @Bean(defaultCandidate = false)
    @Qualifier("system")
    JdbcClient systemJdbcClient(@Qualifier("system") DataSource systemDataSource) {
        return JdbcClient.create(systemDataSource);
    }

    private static HikariDataSource pool(DatabasePreparation preparation, String name, String url, String user,
            String password, int size, String options) {
        var pool = new HikariDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                preparation.await();
                return super.getConnection();
            }
        };
        pool.setPoolName(name);
        pool.setJdbcUrl(url);
        pool.setUsername(user);
        pool.setPassword(password);
        pool.setMaximumPoolSize(size);
        pool.setConnectionTimeout(CONNECTION_WAIT.toMillis());
        pool.addDataSourceProperty("ApplicationName", "ventros-" + name);
        // A statement is prepared on the server at its third use: the hot path's few statements soon all are.
        pool.addDataSourceProperty("prepareThreshold", "3");
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        pool.addDataSourceProperty("options",
                String.join(" ", "-c idle_in_transaction_session_timeout=" + IDLE_IN_TRANSACTION.toMillis(), KEEPALIVES, DISK, ALONE, options));
        return pool;
    }
}
