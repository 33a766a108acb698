package com.ventros.bench.peers;

import com.rabbitmq.client.ConnectionFactory;
import com.zaxxer.hikari.HikariDataSource;

/** The servers that all contestants share; {@code run} names them. */
public final class Servers {

    /** Connections of a contestant's pool: ours has 28 in two pools, and no peer has fewer. */
    public static final int POOL = 32;

    private Servers() {}

    public static String postgresUrl() {
        return required("BENCH_POSTGRES_URL");
    }

    public static String postgresUser() {
        return required("CRM_TEST_POSTGRES_USER");
    }

    public static String postgresPassword() {
        return required("CRM_TEST_POSTGRES_PASSWORD");
    }

    /** With its virtual host. */
    public static String rabbitUrl() {
        return required("BENCH_RABBITMQ_URL");
    }

    static HikariDataSource pool() {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(postgresUrl());
        pool.setUsername(postgresUser());
        pool.setPassword(postgresPassword());
        pool.setMaximumPoolSize(POOL);
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        return pool;
    }

    static ConnectionFactory rabbit() {
        try {
            var factory = new ConnectionFactory();
            factory.setUri(rabbitUrl());
            return factory;
        } catch (java.net.URISyntaxException | java.security.GeneralSecurityException wrong) {
            throw new IllegalArgumentException("BENCH_RABBITMQ_URL is no address", wrong);
        }
    }

    private static String required(String name) {
        var value = System.getenv(name);
        if (value == null) throw new IllegalStateException(name + " is not set; start it by bench/peers/run");
        return value;
    }
}
