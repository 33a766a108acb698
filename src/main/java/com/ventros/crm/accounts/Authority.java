package com.ventros.crm.accounts;

import com.ventros.crm.http.Permission;
import com.ventros.crm.kernel.Refusal;
import java.util.Set;

/** What somebody who changes the team holds: they give and take nothing more. */
record Authority(Set<Permission> permissions, boolean owner) {

    /** Refused when the role can do more than its giver, or is that of an owner, whom only an owner makes and unmakes. */
    void mustCover(MemberRole role) {
        if (role == Role.OWNER ? !owner : !permissions.containsAll(role.permissions())) {
            throw new Refusal(Refusal.Kind.FORBIDDEN, "role_too_high", "This role may do more than you.");
        }
    }
}
