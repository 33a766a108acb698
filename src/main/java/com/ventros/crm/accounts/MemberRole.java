package com.ventros.crm.accounts;

import com.ventros.crm.http.Permission;
import java.util.Set;

/** What a member is in the company, and what they may do because of it: a role of ours, or one of the company's own. */
public sealed interface MemberRole permits Role, CustomRole {

    Set<Permission> permissions();

    /** As the API writes it: the name of a built-in role, the id of a company's own. */
    String code();

    /** What people call it. */
    String label();
}
