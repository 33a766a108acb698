package com.ventros.crm.http;

import com.ventros.crm.events.Actor;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Who asks: a signed-in user or an API key, and for which tenant. Controllers take it as a parameter.
 *
 * @param id     the user's or the key's id
 * @param signIn the sign-in whose token was shown; a key has none
 */
public record Principal(
        TenantId tenant, Kind kind, UUID id, String name, Set<Permission> permissions, Optional<UUID> signIn) {

    /** What sort of caller it is. */
    public enum Kind { USER, API_KEY }

    public Principal {
        permissions = Set.copyOf(permissions);
    }

    /** Somebody who shows no token of a sign-in. */
    public Principal(TenantId tenant, Kind kind, UUID id, String name, Set<Permission> permissions) {
        this(tenant, kind, id, name, permissions, Optional.empty());
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    /** Refuses a key, which has no password and no sign-ins. */
    public void mustBeAUser() {
        if (kind != Kind.USER) {
            throw new Refusal(Refusal.Kind.FORBIDDEN, "not_a_user", "This is for people; a key has no account.");
        }
    }

    /** The caller as the one who makes something happen. */
    public Actor actor() {
        return new Actor(kind == Kind.USER ? Actor.Kind.USER : Actor.Kind.API_KEY, id.toString());
    }
}
