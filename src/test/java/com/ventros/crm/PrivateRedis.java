package com.ventros.crm;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real Redis of a test's own, which may be killed without hurting anybody else's ({@code scripts/services}). */
public final class PrivateRedis implements AutoCloseable {

    private final Path home;
    private final String url;

    private PrivateRedis(Path home, String url) {
        this.home = home;
        this.url = url;
    }

    /** Skips the test where no servers are wanted: CRM_TEST_REDIS_URL names none and none is required. */
    public static PrivateRedis start(Path home) throws Exception {
        if (System.getenv("CRM_TEST_REDIS_URL") == null) {
            if ("true".equals(System.getenv("CRM_TEST_REQUIRE_SERVICES"))) fail("CRM_TEST_REDIS_URL names no Redis");
            assumeTrue(false, "CRM_TEST_REDIS_URL names no Redis");
        }
        services(home, "up", "--own", "--redis");
        var line = services(home, "env", "--own", "--redis");
        return new PrivateRedis(home, line.substring(line.indexOf('=') + 1).strip().replace("'", ""));
    }

    public String url() {
        return url;
    }

    /** As a crash would. */
    public void kill() throws Exception {
        services(home, "kill", "redis");
    }

    public void restart() throws Exception {
        services(home, "restart", "redis");
    }

    @Override
    public void close() throws Exception {
        services(home, "down", "--redis", "--delete-data");
    }

    private static String services(Path home, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("scripts/services"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--home", home.toString()));
        var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) throw new IOException(String.join(" ", command) + " failed");
        return said;
    }
}
