package com.ventros.crm.embedded;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Server;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.temporal.api.command.v1.Command;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
import io.temporal.internal.testservice.TestServicesStarter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Temporal's own Java service in this process, on loopback and on the wall clock.
 *
 * <p>It keeps every finished run in memory and slows down with their number. So it is recycled: after so many finished
 * runs it starts anew on the same port (some 40 ms), and whoever has work waiting in it puts that work in again, from
 * PostgreSQL, as after any start. {@link #generation()} tells them.
 */
public final class EmbeddedTemporal implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedTemporal.class);
    private static final String HEALTH_NAME = "temporal.api.workflowservice.v1.WorkflowService";
    /** Long-polling workers hang on; nothing that matters is lost by cutting them off. */
    private static final long STOP_WAIT_MILLIS = 200;

    private final int port;
    private final AtomicLong finishedRuns = new AtomicLong();
    private final AtomicLong generation = new AtomicLong();
    private TestServicesStarter services;
    private Server server;

    EmbeddedTemporal(int port) {
        this.port = port;
        start();
    }

    /** Runs finished since the last start or {@link #recycle()}. */
    public long finishedRuns() {
        return finishedRuns.get();
    }

    /** Rises with each recycling: what was started in an earlier generation is gone. */
    public long generation() {
        return generation.get();
    }

    /** Forgets everything, finished or open, and serves on under the same address. */
    public synchronized void recycle() {
        log.info("Recycling the embedded Temporal after {} finished runs", finishedRuns.get());
        stop();
        finishedRuns.set(0);
        start();
        generation.incrementAndGet();
    }

    @Override
    public synchronized void close() {
        stop();
    }

    private void start() {
        var timeSkippingLocked = true; // locked: real time
        services = new TestServicesStarter(timeSkippingLocked, 0);
        var health = new HealthStatusManager();
        health.setStatus(HEALTH_NAME, ServingStatus.SERVING);
        var builder = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
                .intercept(new CountFinishedRuns())
                .addService(health.getHealthService());
        services.getServices().forEach(builder::addService);
        try {
            server = builder.build().start();
        } catch (IOException failed) {
            services.close();
            throw new UncheckedIOException("The embedded Temporal could not listen on 127.0.0.1:" + port
                    + ". Set spring.temporal.connection.target to an external one.", failed);
        }
    }

    private void stop() {
        try {
            if (!server.shutdown().awaitTermination(STOP_WAIT_MILLIS, TimeUnit.MILLISECONDS)) server.shutdownNow();
            server.awaitTermination(STOP_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurry) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        services.close();
    }

    /** A run is finished when its worker answers a task with a closing command. */
    private final class CountFinishedRuns implements ServerInterceptor {

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
                @Override
                public void onMessage(Q message) {
                    if (message instanceof RespondWorkflowTaskCompletedRequest answer
                            && answer.getCommandsList().stream().anyMatch(CountFinishedRuns::closes)) {
                        finishedRuns.incrementAndGet();
                    }
                    super.onMessage(message);
                }
            };
        }

        private static boolean closes(Command command) {
            return switch (command.getCommandType()) {
                case COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION, COMMAND_TYPE_FAIL_WORKFLOW_EXECUTION,
                        COMMAND_TYPE_CANCEL_WORKFLOW_EXECUTION, COMMAND_TYPE_CONTINUE_AS_NEW_WORKFLOW_EXECUTION -> true;
                default -> false;
            };
        }
    }
}
