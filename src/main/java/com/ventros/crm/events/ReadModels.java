package com.ventros.crm.events;

import com.ventros.crm.tenancy.Tenancy;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which generation of a read model's rows is read, and which ones are written. While a new one is built, whatever
 * happens is written to both; readers filter by {@code generation = live_generation('<name>')} and see the old one
 * until the swap, which changes one number.
 *
 * <p>A read model takes part with a column {@code generation} in its key, with that filter, and by writing each of
 * {@link #generations}. It meets some events twice and in any order, as it does anyway.
 */
@Component
public class ReadModels {

    /**
     * SQL of the rows of the read model {@code :name} whose generation is neither read nor built any more. Generations are named one by one, so that a
     * table without such rows is not read for them.
     */
    public static final String FORGOTTEN = """
            generation = any (array(select g from read_model m, generate_series(0, m.latest) g
                                     where m.name = :name and g <> m.live and g is distinct from m.building))
            """;

    private final JdbcClient db;

    ReadModels(JdbcClient db) {
        this.db = db;
    }

    /**
     * The generations that the event at hand is to be written to: what is read, and what is being built; for an event
     * of a rebuild, that one alone. None disappears before the transaction's end.
     *
     * @param name the consumer's
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Integer[] generations(String name) {
        var rebuilt = Replayed.current().flatMap(Replayed::generation);
        if (rebuilt.isPresent()) return new Integer[] {rebuilt.get()};
        // Shared lock: a swap waits for the writers of the old generation, so that its rows are all there to be swept.
        return db.sql("select live, building from read_model where name = :name for share").param("name", name)
                .query((row, _) -> Stream.of(row.getObject(1, Integer.class), row.getObject(2, Integer.class))
                        .filter(generation -> generation != null).toArray(Integer[]::new))
                .optional().orElse(new Integer[] {0});
    }

    /** From the commit on, everything that happens is written to the new generation too. */
    int begin(String name) {
        return db.sql("""
                insert into read_model (tenant_id, name, live, building, latest) values (:tenant, :name, 0, 1, 1)
                on conflict (tenant_id, name) do update
                   set building = read_model.latest + 1, latest = read_model.latest + 1
                returning building
                """).param("tenant", Tenancy.current().value()).param("name", name).query(Integer.class).single();
    }

    /** From the commit on, readers see what was built. */
    void swap(String name, int generation) {
        var swapped = db.sql("""
                update read_model set live = building, building = null where name = :name and building = :generation
                """).param("name", name).param("generation", generation).update();
        if (swapped != 1) throw new IllegalStateException("nobody builds generation " + generation + " of " + name);
    }

    /** The new generation will never be read. */
    void abandon(String name, int generation) {
        db.sql("update read_model set building = null where name = :name and building = :generation")
                .param("name", name).param("generation", generation).update();
    }

    /**
     * Deletes some rows of generations that are neither read nor built.
     *
     * @return how many; 0 when none is left
     */
    int sweep(String name, String table, int limit) {
        return db.sql("""
                delete from %1$s where ctid = any (array(
                    select ctid from %1$s where %2$s limit :limit))
                """.formatted(table, FORGOTTEN)).param("name", name).param("limit", limit).update();
    }
}
