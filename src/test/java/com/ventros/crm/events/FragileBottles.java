package com.ventros.crm.events;

import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** A consumer for tests that fails for good as long as a tenant's bottles are broken. */
@Component
public class FragileBottles implements EventConsumer {

    private final JdbcClient db;
    private final JdbcClient system;
    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final Set<TenantId> broken = ConcurrentHashMap.newKeySet();
    private final Map<UUID, Integer> filled = new ConcurrentHashMap<>();
    private final Map<TenantId, List<String>> lanes = new ConcurrentHashMap<>();

    FragileBottles(JdbcClient db, @Qualifier("system") JdbcClient system, Outbox outbox, TransactionTemplate transaction) {
        this.db = db;
        this.system = system;
        this.outbox = outbox;
        this.transaction = transaction;
    }

    @Override
    public String name() {
        return "fragile-bottles";
    }

    @Override
    public Set<String> patterns() {
        return Set.of("bottle.filled");
    }

    @Override
    public void handle(List<Envelope> events) {
        for (var event : events) {
            var drop = event.dataAs(Bottle.Filled.class);
            if (broken.contains(event.tenantId())) {
                throw new PermanentFailure("bottle_broken", "bottle " + drop.bottle() + " broke at drop " + drop.drop());
            }
            if (!lanes.containsKey(event.tenantId())) continue;
            db.sql("update project set version = version + 1").update();
            filled.put(drop.bottle(), drop.drop());
            lanes.get(event.tenantId()).add(Broker.Lane.current().name());
        }
    }

    /** From now on the tenant's bottles break. */
    public void breakAll(TenantId tenant) {
        lanes.put(tenant, new CopyOnWriteArrayList<>());
        broken.add(tenant);
    }

    public void mend(TenantId tenant) {
        broken.remove(tenant);
    }

    /** A drop falls into a new bottle. */
    public UUID fill(TenantId tenant, int drop) {
        var bottle = Uuids.v7();
        Tenancy.run(tenant, () -> transaction.executeWithoutResult(_ -> outbox.append(Bottle.drops(bottle, drop, drop))));
        return bottle;
    }

    /** The drop last seen in the bottle, 0 for none. */
    public int filled(UUID bottle) {
        return filled.getOrDefault(bottle, 0);
    }

    /** Through which lanes the tenant's drops came. */
    public List<String> lanes(TenantId tenant) {
        return lanes.get(tenant);
    }

    public long deadLetters(UUID message) {
        return system.sql("select count(*) from broker_dead_letters where message_id = :id").param("id", message)
                .query(Long.class).single();
    }
}
