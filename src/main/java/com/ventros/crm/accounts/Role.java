package com.ventros.crm.accounts;

import static com.ventros.crm.http.Permission.*;

import com.ventros.crm.http.Permission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a member is in the company, and what they may do because of it: this is the one table that says so. */
public enum Role {
    OWNER(EnumSet.allOf(Permission.class)),
    ADMIN(EnumSet.allOf(Permission.class)),
    SUPERVISOR(EnumSet.of(INBOX_READ, MESSAGE_SEND, CONTACT_READ, CONTACT_WRITE, CHANNEL_READ, PIPELINE_READ,
            PIPELINE_WRITE, AUTOMATION_READ, AUTOMATION_WRITE, WEBHOOK_READ, REPORT_READ, TEAM_READ, OPERATIONS_READ)),
    AGENT(EnumSet.of(INBOX_READ, MESSAGE_SEND, CONTACT_READ, CONTACT_WRITE, CHANNEL_READ, PIPELINE_READ,
            PIPELINE_WRITE, TEAM_READ)),
    VIEWER(EnumSet.of(INBOX_READ, CONTACT_READ, CHANNEL_READ, PIPELINE_READ, REPORT_READ, TEAM_READ));

    private final Set<Permission> permissions;

    Role(Set<Permission> permissions) {
        this.permissions = Set.copyOf(permissions);
    }

    public Set<Permission> permissions() {
        return permissions;
    }

    /** Nobody makes anybody mightier than themselves, and only an owner makes an owner. */
    public boolean mayGrant(Role other) {
        return this == OWNER || (permissions.contains(TEAM_MANAGE) && other != OWNER);
    }

    /** The name as the API writes it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> of(String code) {
        return Arrays.stream(values()).filter(role -> role.code().equals(code)).findFirst();
    }
}
