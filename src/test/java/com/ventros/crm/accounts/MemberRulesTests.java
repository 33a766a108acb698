package com.ventros.crm.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ventros.crm.http.Permission;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Uuids;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemberRulesTests {

    private static final int TEAMS = 2_000;
    private static final int CHANGES = 30;

    @Test
    void whateverATeamDoesItKeepsAnOwnerAndNobodyGivesWhatTheyDoNotHold() {
        var random = new Random(7);
        for (int n = 0; n < TEAMS; n++) {
            var team = new ArrayList<>(List.of(member(Role.OWNER, true)));
            IntStream.range(0, 4).forEach(_ -> team.add(member(anyRole(random), random.nextBoolean())));
            for (int change = 0; change < CHANGES; change++) {
                var by = team.get(random.nextInt(team.size()));
                if (!by.isActive()) continue;
                var at = random.nextInt(team.size());
                var before = team.get(at);
                var after = new Member(before.user, before.role(), before.isActive(), before.storedVersion, team.stream()
                        .anyMatch(one -> one != before && one.role() == Role.OWNER && one.isActive()));
                var authority = new Authority(by.role().permissions(), by.role() == Role.OWNER);
                var next = anyRole(random);
                try {
                    switch (random.nextInt(3)) {
                        case 0 -> after.become(next, authority);
                        case 1 -> after.deactivate(authority);
                        default -> after.reactivate(authority);
                    }
                } catch (Refusal refused) {
                    assertThat(after.role()).isEqualTo(before.role());
                    assertThat(after.isActive()).isEqualTo(before.isActive());
                    assertThat(after.takeEvents()).isEmpty();
                    continue;
                }
                team.set(at, after);
                assertThat(team).anyMatch(one -> one.role() == Role.OWNER && one.isActive());
                if (after.takeEvents().isEmpty()) continue;
                assertThat(by.role().permissions()).containsAll(before.role().permissions()).containsAll(after.role().permissions());
                if (before.role() == Role.OWNER || after.role() == Role.OWNER) assertThat(by.role()).isEqualTo(Role.OWNER);
            }
        }
    }

    @Test
    void theLastOwnerStaysOne() {
        var owner = new Authority(EnumSet.allOf(Permission.class), true);
        var last = new Member(UserId.create(), Role.OWNER, true, 0, false);
        assertThatThrownBy(() -> last.become(Role.ADMIN, owner)).hasMessageContaining("keeps an owner");
        assertThatThrownBy(() -> last.deactivate(owner)).hasMessageContaining("keeps an owner");
        assertThatCode(() -> new Member(UserId.create(), Role.OWNER, true, 0, true).become(Role.ADMIN, owner))
                .doesNotThrowAnyException();
    }

    @Test
    void whatIsSoAlreadyIsNoChange() {
        var nobody = new Authority(Set.of(), false);
        var member = new Member(UserId.create(), Role.AGENT, true, 3, true);
        member.become(Role.AGENT, nobody);
        member.reactivate(nobody);
        assertThat(member.takeEvents()).isEmpty();
    }

    private static Member member(MemberRole role, boolean active) {
        return new Member(UserId.create(), role, active, 0, true);
    }

    private static MemberRole anyRole(Random random) {
        if (random.nextInt(3) > 0) return Role.values()[random.nextInt(Role.values().length)];
        var some = EnumSet.of(Permission.TEAM_READ);
        for (var permission : Permission.values()) if (random.nextInt(3) == 0) some.add(permission);
        return new CustomRole(Uuids.v7(), "Própria", some, 0);
    }
}
