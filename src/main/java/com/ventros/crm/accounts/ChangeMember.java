package com.ventros.crm.accounts;

import com.ventros.crm.http.Principal;
import java.time.Instant;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Somebody of the team gets another role, may not come in any more, or may again. */
@Component
public class ChangeMember {

    private final Members members;
    private final CustomRoles roles;
    private final SignIns signIns;
    private final Invitations invitations;

    ChangeMember(Members members, CustomRoles roles, SignIns signIns, Invitations invitations) {
        this.members = members;
        this.roles = roles;
        this.signIns = signIns;
        this.invitations = invitations;
    }

    /** Gives another role; it counts at once on this server and within seconds on others. */
    @Transactional
    public void give(Principal by, UserId user, String role, LongConsumer seen) {
        var member = members.find(user);
        seen.accept(member.storedVersion);
        member.become(roles.named(role), members.authority(by));
        members.save(member, Instant.now());
        signIns.forget(user);
    }

    /**
     * Shuts a member out, ends all their sign-ins and withdraws their invitations, through which they could come back. Keys that
     * they made go on: those are the company's.
     */
    @Transactional
    public void deactivate(Principal by, UserId user) {
        var member = members.find(user);
        member.deactivate(members.authority(by));
        var now = Instant.now();
        members.save(member, now);
        signIns.endAll(user, SignIns.End.DEACTIVATED);
        invitations.withdrawThoseOf(user, now);
    }

    /** Lets a member in again. */
    @Transactional
    public void reactivate(Principal by, UserId user) {
        var member = members.find(user);
        member.reactivate(members.authority(by));
        members.save(member, Instant.now());
    }
}
