package com.ventros.crm.accounts;

import static com.ventros.crm.http.Permission.*;

import com.ventros.crm.http.Permission;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The roles that every company has, and what each may do: this is the one table that says so. */
public enum Role implements MemberRole {
    OWNER(EnumSet.allOf(Permission.class)),
    ADMIN(EnumSet.allOf(Permission.class)),
    SUPERVISOR(EnumSet.of(INBOX_READ, MESSAGE_SEND, CONTACT_READ, CONTACT_WRITE, CONTACT_IMPORT, CHANNEL_READ, PIPELINE_READ,
            PIPELINE_WRITE, PIPELINE_MANAGE, AUTOMATION_READ, AUTOMATION_WRITE, WEBHOOK_READ, REPORT_READ, TEAM_READ, OPERATIONS_READ)),
    AGENT(EnumSet.of(INBOX_READ, MESSAGE_SEND, CONTACT_READ, CONTACT_WRITE, CHANNEL_READ, PIPELINE_READ,
            PIPELINE_WRITE, TEAM_READ)),
    VIEWER(EnumSet.of(INBOX_READ, CONTACT_READ, CHANNEL_READ, PIPELINE_READ, REPORT_READ, TEAM_READ));

    /** What stands in the database for a role of the company's own. */
    static final String CUSTOM = "CUSTOM";

    private final Set<Permission> permissions;

    Role(Set<Permission> permissions) {
        this.permissions = Set.copyOf(permissions);
    }

    @Override
    public Set<Permission> permissions() {
        return permissions;
    }

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Screens have words of their own for these. */
    @Override
    public String label() {
        return code();
    }

    public static Optional<Role> of(String code) {
        return Arrays.stream(values()).filter(role -> role.code().equals(code)).findFirst();
    }

    /** Of the column {@code role}, and those that {@link CustomRole#read} reads. */
    static MemberRole read(ResultSet row) throws SQLException {
        var role = row.getString("role");
        return role.equals(CUSTOM) ? CustomRole.read(row) : valueOf(role);
    }

    /** What stands in the column {@code role}. */
    static String column(MemberRole role) {
        return role instanceof Role builtIn ? builtIn.name() : CUSTOM;
    }
}
