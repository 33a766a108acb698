package com.ventros.crm.events;

import com.ventros.crm.kernel.TenantId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Which failures are meant; what is left out accepts all.
 *
 * @param tenant whose they are; empty for those of the whole installation, nobody's included
 * @param source queue that gave up, or the routing key that the broker refused
 * @param cause  the reason without what differs from case to case, as a group of failures shows it
 * @param from   latest failure at or after this
 * @param to     latest failure before this
 */
public record FailureFilter(Optional<TenantId> tenant, Optional<UUID> id, Optional<String> source, Optional<String> type,
        Optional<String> code, Optional<String> cause, Optional<String> state, Optional<Instant> from, Optional<Instant> to) {

    /** One failure. */
    public static FailureFilter one(Optional<TenantId> tenant, UUID id) {
        return new FailureFilter(tenant, Optional.of(id), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A condition on a row of {@code failures}; every value is a parameter of {@link #params()}. */
    public String where() {
        var where = new StringBuilder("true");
        tenant.ifPresent(_ -> where.append(" and tenant_id = :tenant"));
        id.ifPresent(_ -> where.append(" and id = :id"));
        source.ifPresent(_ -> where.append(" and source = :source"));
        type.ifPresent(_ -> where.append(" and type = :type"));
        code.ifPresent(_ -> where.append(" and code = :code"));
        cause.ifPresent(_ -> where.append(" and cause = :cause"));
        state.ifPresent(_ -> where.append(" and state = :state"));
        from.ifPresent(_ -> where.append(" and last_at >= :from"));
        to.ifPresent(_ -> where.append(" and last_at < :to"));
        return where.toString();
    }

    /** The values that {@link #where()} names. */
    public Map<String, Object> params() {
        var params = new LinkedHashMap<String, Object>();
        tenant.ifPresent(value -> params.put("tenant", value.value()));
        id.ifPresent(value -> params.put("id", value));
        source.ifPresent(value -> params.put("source", value));
        type.ifPresent(value -> params.put("type", value));
        code.ifPresent(value -> params.put("code", value));
        cause.ifPresent(value -> params.put("cause", value));
        state.ifPresent(value -> params.put("state", value));
        from.ifPresent(value -> params.put("from", value.atOffset(ZoneOffset.UTC)));
        to.ifPresent(value -> params.put("to", value.atOffset(ZoneOffset.UTC)));
        return params;
    }
}
