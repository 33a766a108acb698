package com.ventros.crm.workflows;

/**
 * Work that waits in Temporal and is known from PostgreSQL. Each bean is asked after the workers have started and
 * whenever the embedded Temporal was recycled; what runs already must stay as it is.
 */
public interface OpenWork {

    /** Puts all open work of this kind back into Temporal. */
    void restore();
}
