package com.ventros.crm.vault;

import java.util.UUID;

/**
 * Where a module keeps what {@link Secrets} sealed for it, so that it can be sealed anew. Each such column is a bean.
 *
 * @param key     the column that names a row among those of its tenant
 * @param column  holds the sealed bytes, or nothing
 * @param context what the bytes of a row were sealed for
 */
public record SealedColumn(String table, String key, String column, Context context) {

    /** Of a row, by its tenant and key. */
    public interface Context {
        String of(UUID tenant, UUID key);
    }
}
