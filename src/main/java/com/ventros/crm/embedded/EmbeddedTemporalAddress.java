package com.ventros.crm.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * Points {@code spring.temporal.connection.target} at a free port on loopback when nobody set it, so that the embedded
 * Temporal is reached by the same code path as a real one.
 */
public final class EmbeddedTemporalAddress implements EnvironmentPostProcessor {

    static final String PORT = "crm.embedded.temporal-port";
    private static final String TARGET = "spring.temporal.connection.target";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (StringUtils.hasText(environment.getProperty(TARGET))) return;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = socket.getLocalPort();
            environment.getPropertySources().addLast(new MapPropertySource("embeddedTemporal",
                    Map.of(TARGET, "127.0.0.1:" + port, PORT, port)));
        } catch (IOException noPort) {
            throw new UncheckedIOException("no free port on loopback", noPort);
        }
    }
}
