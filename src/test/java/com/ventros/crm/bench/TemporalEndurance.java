package com.ventros.crm.bench;

import com.ventros.crm.VentrosApplication;
import com.ventros.crm.embedded.EmbeddedTemporal;
import com.ventros.crm.workflows.Workflows;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowOptions;
import io.temporal.spring.boot.ActivityImpl;
import io.temporal.spring.boot.WorkflowImpl;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
import org.springframework.stereotype.Component;

/**
 * Runs 50,000 workflows of one activity each through the embedded Temporal and prints rate and heap for each 5,000.
 * Runs lost to a recycling are begun again by their id, as the product's reconcilers do. See {@code docs/benchmarks.md}.
 */
public final class TemporalEndurance {

    private static final int RUNS = 50_000;
    private static final int STEP = 5_000;
    private static final int CALLERS = 64;
    /** A run takes some 100 ms under this load; one that a recycling swallowed is asked for again after this. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @WorkflowInterface
    public interface Round {
        @WorkflowMethod
        String go(String payload);
    }

    @ActivityInterface
    public interface Step {
        @ActivityMethod
        String take(String payload);
    }

    @WorkflowImpl(taskQueues = Workflows.TASK_QUEUE)
    public static class RoundWorkflow implements Round {
        private final Step step = Workflow.newActivityStub(Step.class,
                ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofSeconds(10)).build());

        @Override
        public String go(String payload) {
            return step.take(payload);
        }
    }

    @Component
    @ActivityImpl(taskQueues = Workflows.TASK_QUEUE)
    public static class StepActivity implements Step {
        @Override
        public String take(String payload) {
            return payload;
        }
    }

    public static void main(String[] arguments) throws Exception {
        var program = new SpringApplication(VentrosApplication.class, StepActivity.class);
        program.setDefaultProperties(java.util.Map.of("server.port", "0"));
        try (var context = program.run(arguments)) {
            var client = context.getBean(WorkflowClient.class);
            var temporal = context.getBean(EmbeddedTemporal.class);
            var payload = "x".repeat(500);
            var done = new AtomicInteger();
            var again = new AtomicInteger();
            var window = new Semaphore(CALLERS);
            System.out.println("finished  runs/s  heap MB  recycled");
            var began = System.nanoTime();
            try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 1; i <= RUNS; i++) {
                    window.acquire();
                    callers.submit(() -> {
                        var id = "round-" + UUID.randomUUID();
                        while (!finished(client, id, payload)) again.incrementAndGet();
                        done.incrementAndGet();
                        window.release();
                    });
                    if (i % STEP == 0) {
                        var seconds = (System.nanoTime() - began) / 1e9;
                        System.gc();
                        var runtime = Runtime.getRuntime();
                        System.out.printf("%8d  %6.0f  %7d  %8d%n", i, STEP / seconds,
                                (runtime.totalMemory() - runtime.freeMemory()) >> 20, temporal.generation());
                        began = System.nanoTime();
                    }
                }
            }
            System.out.printf("%d finished, %d begun again after a recycling%n", done.get(), again.get());
        }
    }

    private static boolean finished(WorkflowClient client, String id, String payload) {
        try {
            var stub = client.newUntypedWorkflowStub("Round", WorkflowOptions.newBuilder()
                    .setTaskQueue(Workflows.TASK_QUEUE).setWorkflowId(id).build());
            stub.start(payload);
            return payload.equals(stub.getResult(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS,
                    String.class));
        } catch (WorkflowException | io.grpc.StatusRuntimeException | java.util.concurrent.TimeoutException swallowed) {
            return false;
        }
    }

    private TemporalEndurance() {}
}
