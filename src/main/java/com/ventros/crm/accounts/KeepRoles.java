package com.ventros.crm.accounts;

import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Principal;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A company puts together roles of its own. Nobody puts into one what they may not do themselves. */
@Component
public class KeepRoles {

    /** More than any company tells apart, and few enough to be shown at once. */
    static final int MOST = 50;

    private final CustomRoles roles;
    private final Members members;
    private final SignIns signIns;

    KeepRoles(CustomRoles roles, Members members, SignIns signIns) {
        this.roles = roles;
        this.members = members;
        this.signIns = signIns;
    }

    /** Makes a role; refused when it were to do more than its maker may. */
    @Transactional
    public UUID create(Principal by, String name, Set<Permission> permissions) {
        var role = new CustomRole(Uuids.v7(), ownName(name), permissions, 0);
        members.authority(by).mustCover(role);
        if (roles.count() >= MOST) throw Refusal.conflict("too_many_roles", "There are as many roles as there may be.");
        roles.add(role, Instant.now());
        return role.id();
    }

    /** Changes a role for all who have it, at once on this server and within seconds on others. */
    @Transactional
    public void change(Principal by, UUID id, Optional<String> name, Optional<Set<Permission>> permissions, LongConsumer seen) {
        var before = roles.find(id);
        seen.accept(before.version());
        var after = new CustomRole(id, name.filter(given -> !given.equals(before.name())).map(KeepRoles::ownName).orElse(before.name()),
                permissions.orElse(before.permissions()), before.version() + 1);
        if (after.name().equals(before.name()) && after.permissions().equals(before.permissions())) return;
        var authority = members.authority(by);
        authority.mustCover(before);
        authority.mustCover(after);
        roles.save(after, Instant.now());
        signIns.forgetAll(Tenancy.current());
    }

    /** Removes a role that nobody has. */
    @Transactional
    public void delete(Principal by, UUID id) {
        var role = roles.find(id);
        members.authority(by).mustCover(role);
        roles.delete(role, Instant.now());
    }

    /** Whoever reads of an owner must not wonder which one. */
    private static String ownName(String given) {
        var name = Named.checked("name", given);
        if (Role.of(name.toLowerCase(Locale.ROOT)).isPresent()) throw CustomRoles.taken();
        return name;
    }
}
