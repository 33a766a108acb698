package com.ventros.crm.tenancy;

import com.ventros.crm.kernel.TenantId;
import java.util.Optional;

/** Binds one tenant to the work of the current thread. Work without a tenant sees nothing. */
public final class Tenancy {

    private static final ScopedValue<TenantId> TENANT = ScopedValue.newInstance();

    private Tenancy() {}

    /** Does the work for the tenant. The binding ends with the work and cannot leak. */
    public static void run(TenantId tenant, Runnable work) {
        ScopedValue.where(TENANT, tenant).run(work);
    }

    /** Does the work for the tenant and hands on what it returns or throws. */
    public static <R, X extends Throwable> R call(TenantId tenant, ScopedValue.CallableOp<? extends R, X> work) throws X {
        return ScopedValue.where(TENANT, tenant).<R, X>call(work);
    }

    /** The tenant this work is for; an {@link IllegalStateException} when nobody bound one. */
    public static TenantId current() {
        return bound().orElseThrow(() -> new IllegalStateException("no tenant is bound to this work"));
    }

    public static Optional<TenantId> bound() {
        return TENANT.isBound() ? Optional.of(TENANT.get()) : Optional.empty();
    }
}
