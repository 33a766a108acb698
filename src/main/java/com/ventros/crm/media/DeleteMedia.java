package com.ventros.crm.media;

import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Files that nobody refers to any more are deleted: their rows at once, their bytes once that is committed, so that a file is never
 * missing that somebody's row names.
 */
@Component
public class DeleteMedia {

    private final MediaStore store;
    private final JdbcClient db;
    private final JdbcClient system;
    private final List<MediaUse> uses;

    DeleteMedia(MediaStore store, JdbcClient db, @Qualifier("system") JdbcClient system, List<MediaUse> uses) {
        this.uses = uses;
        this.store = store;
        this.db = db;
        this.system = system;
    }

    /** Deletes those of the files that nobody refers to; how many those are. */
    @Transactional(propagation = Propagation.MANDATORY)
    public int unused(Collection<MediaId> files) {
        if (files.isEmpty()) return 0;
        // Whoever keeps the same bytes again meanwhile waits, and finds that they are new.
        db.sql("select id from media_file where id = any (:ids) order by id for update").param("ids", ids(files)).query().listOfRows();
        var unused = new HashSet<>(files);
        uses.forEach(one -> unused.removeAll(one.inUse(files)));
        if (unused.isEmpty()) return 0;
        return db.sql("""
                with gone as (delete from media_file where id = any (:ids) returning sha256)
                insert into media_removal (tenant_id, sha256) select :tenant, sha256 from gone on conflict do nothing
                """).param("ids", ids(unused)).param("tenant", Tenancy.current().value()).update();
    }

    /** Across tenants: whose files still lie in the store. */
    public List<TenantId> pending() {
        return system.sql("select distinct tenant_id from media_removal").query(UUID.class).list().stream().map(TenantId::new).toList();
    }

    /** Deletes the bytes of what was removed, unless the same bytes were kept again since. */
    @Transactional
    public void sweep() {
        for (var sha256 : db.sql("select sha256 from media_removal order by sha256").query(String.class).list()) {
            KeepMedia.lock(db, sha256);
            boolean kept = db.sql("select exists (select from media_file where sha256 = :sha256)").param("sha256", sha256)
                    .query(Boolean.class).single();
            try {
                if (!kept) store.delete(Tenancy.current(), sha256);
            } catch (IOException disk) {
                throw new UncheckedIOException(disk);
            }
            db.sql("delete from media_removal where sha256 = :sha256").param("sha256", sha256).update();
        }
    }

    private static UUID[] ids(Collection<MediaId> files) {
        return files.stream().map(MediaId::value).toArray(UUID[]::new);
    }
}
