package com.ventros.crm.accounts;

import com.ventros.crm.kernel.Aggregate;
import com.ventros.crm.kernel.Refusal;

/** Somebody of the team: what they are, and whether they may come in. */
final class Member extends Aggregate<AccountEvent> {

    final UserId user;
    final long storedVersion;
    private final boolean anotherOwner;
    private MemberRole role;
    private boolean active;

    /** @param anotherOwner whether the company has an active owner beside this member */
    Member(UserId user, MemberRole role, boolean active, long storedVersion, boolean anotherOwner) {
        this.user = user;
        this.role = role;
        this.active = active;
        this.storedVersion = storedVersion;
        this.anotherOwner = anotherOwner;
    }

    MemberRole role() {
        return role;
    }

    boolean isActive() {
        return active;
    }

    /** Takes another role; refused when it, or the one before, is more than whoever gives it holds. */
    void become(MemberRole next, Authority by) {
        if (next.equals(role)) return;
        by.mustCover(role);
        by.mustCover(next);
        if (active) mustNotBeTheLastOwner();
        var before = role;
        role = next;
        raise(new AccountEvent.MemberRoleChanged(user.value(), next.code(), next.label(), before.code()));
    }

    /** May not come in any more; what they did stays theirs. */
    void deactivate(Authority by) {
        if (!active) return;
        by.mustCover(role);
        mustNotBeTheLastOwner();
        active = false;
        raise(new AccountEvent.MemberDeactivated(user.value()));
    }

    /** May come in again, in the role from before. */
    void reactivate(Authority by) {
        if (active) return;
        by.mustCover(role);
        active = true;
        raise(new AccountEvent.MemberReactivated(user.value(), role.code()));
    }

    private void mustNotBeTheLastOwner() {
        if (role == Role.OWNER && !anotherOwner) {
            throw Refusal.conflict("last_owner", "A company keeps an owner; make somebody else one first.");
        }
    }
}
