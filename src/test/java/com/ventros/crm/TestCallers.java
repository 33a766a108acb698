package com.ventros.crm;

import com.ventros.crm.http.BearerScheme;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Principal;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.kernel.Uuids;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Callers that a test makes up: a token for any tenant with any permissions, with no sign-in before. */
@Component
public final class TestCallers implements BearerScheme {

    private static final String PREFIX = "test_";
    private static final Map<String, Principal> KNOWN = new ConcurrentHashMap<>();

    /** A token of a user who may do everything. */
    public static String mayAll(TenantId tenant) {
        return token(tenant, EnumSet.allOf(Permission.class));
    }

    /** A token of a user who may do just this. */
    public static String token(TenantId tenant, Set<Permission> permissions) {
        return token(new Principal(tenant, Principal.Kind.USER, Uuids.v7(), "Ana Teste", permissions));
    }

    /** A token of this very user, who may do everything. */
    public static String of(TenantId tenant, UUID user, String name) {
        return token(new Principal(tenant, Principal.Kind.USER, user, name, EnumSet.allOf(Permission.class)));
    }

    /** A token of just this caller. */
    public static String token(Principal caller) {
        var token = PREFIX + Uuids.v7();
        KNOWN.put(token, caller);
        return token;
    }

    /** A program with a key that may do all. */
    public static String program(TenantId tenant) {
        return token(new Principal(tenant, Principal.Kind.API_KEY, Uuids.v7(), "Loja virtual", EnumSet.allOf(Permission.class)));
    }

    @Override
    public String prefix() {
        return PREFIX;
    }

    @Override
    public Optional<Principal> recognise(String token) {
        return Optional.ofNullable(KNOWN.get(token));
    }
}
