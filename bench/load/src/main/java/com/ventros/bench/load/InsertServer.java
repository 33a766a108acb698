package com.ventros.bench.load;

import com.zaxxer.hikari.HikariDataSource;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import tools.jackson.databind.json.JsonMapper;

/**
 * The least that a durable HTTP ingest can do, as the measure for all that does more: a request, its JSON read, one row
 * inserted in a commit of its own, 202. Tomcat with virtual threads and sixteen connections, which measured best.
 */
final class InsertServer {

    static final String TABLE = "bench_insert";
    private static final int POOL = 16;

    private InsertServer() {}

    /** Serves until it is killed; prints its port once it does. */
    static void main(String[] arguments) throws LifecycleException, IOException {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(arguments[0]);
        pool.setUsername(arguments[1]);
        pool.setPassword(System.getenv("PGPASSWORD"));
        pool.setMaximumPoolSize(POOL);
        var tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("bench-tomcat").toString());
        tomcat.setPort(0);
        var connector = tomcat.getConnector();
        connector.setProperty("address", "127.0.0.1");
        connector.getProtocolHandler().setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        var context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "insert", new Insert(pool));
        context.addServletMappingDecoded("/insert", "insert");
        tomcat.start();
        IO.println(connector.getLocalPort());
        tomcat.getServer().await();
    }

    private static final class Insert extends HttpServlet {
        private static final JsonMapper JSON = JsonMapper.builder().build();

        private final transient HikariDataSource pool;

        Insert(HikariDataSource pool) {
            this.pool = pool;
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            var body = JSON.readTree(request.getInputStream().readAllBytes());
            try (var connection = pool.getConnection();
                    var insert = connection.prepareStatement("insert into " + TABLE + " values (?, ?::jsonb)")) {
                insert.setObject(1, UUID.randomUUID());
                insert.setString(2, body.toString());
                insert.executeUpdate();
                response.setStatus(HttpServletResponse.SC_ACCEPTED);
            } catch (SQLException failed) {
                throw new IOException(failed);
            }
        }
    }
}
