package com.ventros.crm.journeys;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A virtual host of a test's own on the RabbitMQ that {@code scripts/services} started: nobody else's queues are in it. */
record VirtualHost(URI broker, String name) implements AutoCloseable {

    static VirtualHost create(String url) throws IOException, InterruptedException {
        var broker = URI.create(url);
        var host = new VirtualHost(broker, "test-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
        host.rabbitmqctl("add_vhost", host.name);
        host.rabbitmqctl("set_permissions", "-p", host.name, broker.getUserInfo().split(":")[0], ".*", ".*", ".*");
        return host;
    }

    /** What points the program at it. */
    String[] settings() {
        return new String[] {
            "--spring.rabbitmq.host=" + broker.getHost(), "--spring.rabbitmq.port=" + broker.getPort(),
            "--spring.rabbitmq.username=" + broker.getUserInfo().split(":")[0],
            "--spring.rabbitmq.password=" + broker.getUserInfo().split(":")[1],
            "--spring.rabbitmq.virtual-host=" + name
        };
    }

    @Override
    public void close() throws IOException, InterruptedException {
        rabbitmqctl("delete_vhost", name);
    }

    private void rabbitmqctl(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("scripts/services", "rabbitmqctl"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) throw new IllegalStateException(command + ": " + said);
    }
}
