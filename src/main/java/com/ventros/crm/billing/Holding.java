package com.ventros.crm.billing;

/** Whoever keeps something that plans limit. Billing knows none of them; it asks how much there is. */
public interface Holding {

    /** Of what; no two tell of the same. */
    Limit limit();

    /** How many the bound tenant has; whoever asks needs no more than {@code most} counted. */
    long count(long most);
}
