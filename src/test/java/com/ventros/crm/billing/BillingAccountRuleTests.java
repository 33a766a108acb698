package com.ventros.crm.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ventros.crm.billing.BillingAccount.Status;
import com.ventros.crm.billing.BillingEvent.AccountStatusChanged;
import com.ventros.crm.kernel.Codes;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Uuids;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BillingAccountRuleTests {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    /** What may follow what, written down once more. */
    private static final Map<Status, Set<Status>> ALLOWED = Map.of(Status.PENDING, Set.of(Status.ACTIVE, Status.CANCELLED),
            Status.ACTIVE, Set.of(Status.SUSPENDED, Status.CANCELLED), Status.SUSPENDED, Set.of(Status.ACTIVE, Status.CANCELLED),
            Status.CANCELLED, Set.of());

    /** Any row of wishes: each is granted as the table says, told once, and refused without a trace otherwise. */
    @Test
    void whateverIsWantedOnlyAllowedStatesFollow() {
        for (int seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var expected = random.nextBoolean() ? Status.ACTIVE : Status.PENDING;
            var account = BillingAccount.open(Uuids.v7(), Plan.UNLIMITED, expected, NOW);
            account.takeEvents();
            for (int step = 0; step < 8; step++) {
                var wanted = Status.values()[random.nextInt(Status.values().length)];
                var at = NOW.plusSeconds(step);
                if (ALLOWED.get(expected).contains(wanted)) {
                    account.become(wanted, Optional.of(" Porque sim. "), at);
                    assertThat(account.takeEvents()).isEqualTo(List.of(new AccountStatusChanged(account.id, Codes.of(expected), Codes.of(wanted),
                            Optional.of("Porque sim."))));
                    assertThat(account.standing().since()).isEqualTo(at);
                    expected = wanted;
                } else {
                    assertThatThrownBy(() -> account.become(wanted, Optional.empty(), at)).isInstanceOf(Refusal.class);
                    assertThat(account.takeEvents()).isEmpty();
                }
                assertThat(account.standing().status()).isEqualTo(expected);
                assertThat(account.isActive()).isEqualTo(expected == Status.ACTIVE);
            }
        }
    }

    @Test
    void aPlanHoldsAsItWasAgreedUponUntilTheNextOne() {
        var account = BillingAccount.open(Uuids.v7(), Plan.UNLIMITED, Status.ACTIVE, NOW);
        account.takeEvents();
        var small = new Plan("small", "Pequeno", 9900, "BRL", new Plan.Allowed(Optional.of(2L), Optional.empty(), Optional.empty(), Optional.of(10L)));
        assertThat(account.assign(small, NOW)).isTrue();
        assertThat(account.assign(small, NOW)).as("it is so already").isFalse();
        assertThat(account.takeEvents()).hasSize(1);
        var dearer = new Plan("small", "Pequeno", 11900, "BRL", small.limits());
        assertThat(account.assign(dearer, NOW)).as("the same code with other terms").isTrue();
        account.become(Status.CANCELLED, Optional.empty(), NOW);
        assertThatThrownBy(() -> account.assign(small, NOW)).isInstanceOf(Refusal.class);
    }

    @Test
    void plansThatMakeNoSenseEndTheStart() {
        var nothing = new BillingProperties.LimitSettings(null, null, null, null);
        for (var wrong : List.of(
                Map.of("Small", new BillingProperties.PlanSettings("x", 1, "BRL", nothing)), Map.of("s", new BillingProperties.PlanSettings("", 1, "BRL", nothing)),
                Map.of("s", new BillingProperties.PlanSettings("x", -1, "BRL", nothing)), Map.of("s", new BillingProperties.PlanSettings("x", 1, "reais", nothing)),
                Map.of("s", new BillingProperties.PlanSettings("x", 1, "BRL", new BillingProperties.LimitSettings(-1L, null, null, null))))) {
            assertThatThrownBy(() -> new Plans(new BillingProperties(wrong, "unlimited", false))).as(wrong.toString()).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new Plans(new BillingProperties(Map.of(), "gold", false))).hasMessageContaining("crm.billing.default-plan");
        assertThat(new Plans(new BillingProperties(Map.of(), "unlimited", true)).first()).isEqualTo(Status.PENDING);
    }
}
