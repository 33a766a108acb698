package com.ventros.crm.channels.waha.simulator;

import com.ventros.crm.channels.waha.simulator.Misbehaviour.Fault;
import java.time.Duration;
import java.util.Random;

/**
 * Decides which faults happen. Deliveries and calls are drawn from separate dice: how often the product calls does not
 * change which of its deliveries go wrong.
 */
final class Dice {

    /** "Duplicate" means up to five copies more, the most that was seen. */
    private static final int MOST_COPIES = 5;

    private Misbehaviour rules;
    private Random deliveries;
    private Random calls;

    Dice(Misbehaviour rules) {
        change(rules);
    }

    synchronized void change(Misbehaviour rules) {
        this.rules = rules;
        this.deliveries = new Random(rules.seed());
        this.calls = new Random(~rules.seed());
    }

    synchronized Misbehaviour rules() {
        return rules;
    }

    synchronized boolean spoilsDelivery(Fault fault) {
        return happens(fault, deliveries);
    }

    synchronized boolean spoilsCall(Fault fault) {
        return happens(fault, calls);
    }

    private boolean happens(Fault fault, Random random) {
        var probability = rules.probabilities().get(fault);
        return probability != null && random.nextDouble() < probability;
    }

    synchronized int copies() {
        return happens(Fault.DUPLICATE, deliveries) ? 1 + deliveries.nextInt(MOST_COPIES) : 0;
    }

    /** How long a delivery, or a copy of it, is held back. */
    synchronized Duration holdBack(boolean copy) {
        if (happens(Fault.LATE, deliveries)) return rules.lateBy();
        if (happens(Fault.DISORDER, deliveries) || copy) {
            return Duration.ofNanos((long) (deliveries.nextDouble() * rules.disorderWithin().toNanos()));
        }
        return Duration.ZERO;
    }
}
