package com.ventros.crm.accounts;

import com.ventros.crm.http.Permission;
import com.ventros.crm.kernel.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** A role that a company has put together itself from the permissions that there are. */
public record CustomRole(UUID id, String name, Set<Permission> permissions, long version) implements MemberRole {

    public CustomRole {
        if (permissions.isEmpty()) throw Refusal.invalid("permissions", "required", "Name at least one permission.");
        permissions = Set.copyOf(permissions);
    }

    @Override
    public String code() {
        return id.toString();
    }

    @Override
    public String label() {
        return name;
    }

    List<String> codes() {
        return permissions.stream().map(Permission::code).sorted().toList();
    }

    String[] columns() {
        return permissions.stream().map(Enum::name).sorted().toArray(String[]::new);
    }

    /** Of columns {@code role_id}, {@code role_name}, {@code role_permissions}, {@code role_version}. */
    static CustomRole read(ResultSet row) throws SQLException {
        return new CustomRole(row.getObject("role_id", UUID.class), row.getString("role_name"),
                Arrays.stream((String[]) row.getArray("role_permissions").getArray()).map(Permission::valueOf)
                        .collect(Collectors.toUnmodifiableSet()), row.getLong("role_version"));
    }
}
