package com.ventros.crm.events;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What this program does; several programs on one database share the work.
 *
 * @param roles {@code web} answers requests, {@code relay} publishes events, {@code worker} works off queues
 */
@ConfigurationProperties("crm")
public record Roles(@DefaultValue({"web", "relay", "worker"}) Set<Role> roles) {

    /** One kind of work. */
    public enum Role { WEB, RELAY, WORKER }

    public boolean web() {
        return roles.contains(Role.WEB);
    }

    public boolean relay() {
        return roles.contains(Role.RELAY);
    }

    public boolean worker() {
        return roles.contains(Role.WORKER);
    }
}
