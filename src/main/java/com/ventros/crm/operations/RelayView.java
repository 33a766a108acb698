package com.ventros.crm.operations;

import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How far the relay is behind, for each partition of the outbox, and who holds it. */
@Component
public class RelayView {

    /**
     * A partition of the outbox.
     *
     * @param holder     number of the program that publishes from it; null while nobody does
     * @param waiting    events not yet published, refused ones included
     * @param lagSeconds age of the oldest of them; 0 when there is none
     * @param refused    events that the broker refused and that are tried again
     * @param setAside   events refused for the last time: they are among the failures
     */
    public record Partition(int partition, Long holder, long waiting, double lagSeconds, long refused, long setAside) {}

    /**
     * A running program.
     *
     * @param silentSeconds since it last counted; four mean that it is dead
     */
    public record Program(long number, boolean relays, double silentSeconds) {}

    private final JdbcClient system;

    RelayView(@Qualifier("system") JdbcClient system) {
        this.system = system;
    }

    public List<Partition> partitions() {
        return system.sql("""
                select l.partition, l.owner as holder, count(e.position) filter (where e.state = 'pending') as waiting,
                       coalesce(extract(epoch from now() - min(e.created_at) filter (where e.state = 'pending')), 0)::float8
                           as lag_seconds,
                       count(*) filter (where e.state = 'pending' and e.attempts > 0) as refused,
                       count(*) filter (where e.state = 'failed') as set_aside
                  from relay_leases l left join outbox_events e on e.partition = l.partition
                 group by l.partition, l.owner order by l.partition
                """).query(Partition.class).list();
    }

    public List<Program> programs() {
        return system.sql("""
                select node as number, relays, extract(epoch from now() - seen_at)::float8 as silent_seconds
                  from event_nodes order by node
                """).query(Program.class).list();
    }
}
