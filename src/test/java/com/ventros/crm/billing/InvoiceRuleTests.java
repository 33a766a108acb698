package com.ventros.crm.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ventros.crm.billing.BillingAccount.Status;
import com.ventros.crm.billing.BillingEvent.InvoiceIssued;
import com.ventros.crm.billing.BillingEvent.InvoicePaid;
import com.ventros.crm.billing.BillingEvent.InvoiceVoided;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Uuids;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class InvoiceRuleTests {

    private static final YearMonth FIRST = YearMonth.of(2026, 1);
    private static final Plan PAID = new Plan("small", "Pequeno", 9900, "BRL", Plan.Allowed.EVERYTHING);
    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    /**
     * Whatever happens to an account in the middle of each month, and however seldom somebody looks for what is due: there is one invoice for each
     * month in which it was active and at whose end it had a price, and no other.
     */
    @Test
    void eachMonthThatIsToBePaidHasOneInvoice() {
        for (int seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var first = random.nextInt(4) == 0 ? Status.PENDING : Status.ACTIVE;
            var account = BillingAccount.open(Uuids.v7(), random.nextBoolean() ? PAID : Plan.UNLIMITED, first, middle(FIRST));
            var invoiced = new ArrayList<YearMonth>();
            var expected = new TreeSet<YearMonth>();
            for (var month = FIRST; month.isBefore(FIRST.plusMonths(14)); month = month.plusMonths(1)) {
                boolean active = account.isActive();
                for (int acts = random.nextInt(3); acts > 0; acts--) {
                    collect(account, month, invoiced); // as each change does before
                    if (random.nextBoolean() && account.standing().status() != Status.CANCELLED) {
                        account.assign(random.nextBoolean() ? PAID : Plan.UNLIMITED, middle(month));
                    } else {
                        var next = account.standing().status().next();
                        if (next.isEmpty()) continue;
                        account.become(next.stream().sorted().skip(random.nextInt(20) == 0 ? 1 : 0).findFirst().orElseThrow(), Optional.empty(), middle(month));
                    }
                    active |= account.isActive();
                }
                if (active && !account.plan().isFree()) expected.add(month);
                if (random.nextInt(3) == 0) collect(account, month.plusMonths(1), invoiced);
            }
            collect(account, FIRST.plusMonths(14), invoiced);
            assertThat(invoiced).as("seed " + seed).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void anInvoiceIsSettledOnce() {
        var invoice = invoice();
        assertThat(invoice.takeEvents()).containsExactly(new InvoiceIssued(invoice.id, 7, "2026-02", "small", 9900, "BRL"));
        assertThatThrownBy(() -> invoice.pay(new PayByHand(), "  ", NOW)).isInstanceOf(Refusal.class);
        invoice.pay(new PayByHand(), " PIX ", NOW);
        assertThat(invoice.takeEvents()).containsExactly(new InvoicePaid(invoice.id, 7, "by_hand", "PIX"));
        assertThatThrownBy(() -> invoice.pay(new PayByHand(), "PIX", NOW)).hasMessageContaining("paid");
        assertThatThrownBy(() -> invoice.annul("Engano.", NOW)).hasMessageContaining("paid");
        assertThat(invoice.takeEvents()).isEmpty();

        var wrong = invoice();
        wrong.takeEvents();
        wrong.annul("Engano.", NOW);
        assertThat(wrong.takeEvents()).containsExactly(new InvoiceVoided(wrong.id, 7, "Engano."));
        assertThatThrownBy(() -> wrong.pay(new PayByHand(), "PIX", NOW)).hasMessageContaining("void");
    }

    private static Invoice invoice() {
        return Invoice.issue(new Invoice.Face(7, YearMonth.of(2026, 2), "small", "Pequeno", 9900, "BRL", new EnumMap<>(Map.of(Metered.MESSAGES_SENT, 3L)),
                Optional.empty(), NOW));
    }

    private static void collect(BillingAccount account, YearMonth before, List<YearMonth> into) {
        for (var due = account.due(before); due.isPresent(); due = account.due(before)) {
            into.add(due.get());
            account.invoiced();
        }
    }

    private static Instant middle(YearMonth month) {
        return month.atDay(15).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
