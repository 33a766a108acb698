package com.ventros.crm.http;

import com.ventros.crm.events.Actor;
import com.ventros.crm.kernel.TenantId;
import java.util.Set;
import java.util.UUID;

/**
 * Who asks: a signed-in user or an API key, and for which tenant. Controllers take it as a parameter.
 *
 * @param id the user's or the key's id
 */
public record Principal(TenantId tenant, Kind kind, UUID id, String name, Set<Permission> permissions) {

    /** What sort of caller it is. */
    public enum Kind { USER, API_KEY }

    public Principal {
        permissions = Set.copyOf(permissions);
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    /** The caller as the one who makes something happen. */
    public Actor actor() {
        return new Actor(kind == Kind.USER ? Actor.Kind.USER : Actor.Kind.API_KEY, id.toString());
    }
}
