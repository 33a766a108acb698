package com.ventros.crm.billing;

import java.util.Currency;
import java.util.Optional;

/**
 * What a company pays for a month, and how much it may have for that.
 *
 * @param price in the currency's smallest parts
 */
public record Plan(String code, String name, long price, String currency, Allowed limits) {

    /** How many there may be of each; what is empty has no end. {@code messages} are those of a month. */
    public record Allowed(Optional<Long> agents, Optional<Long> channels, Optional<Long> contacts, Optional<Long> messages) {

        static final Allowed EVERYTHING = new Allowed(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        Optional<Long> of(Limit limit) {
            return switch (limit) {
                case AGENTS -> agents;
                case CHANNELS -> channels;
                case CONTACTS -> contacts;
                case MESSAGES -> messages;
            };
        }
    }

    /** Free and without an end: for whoever runs this for themselves. */
    static final Plan UNLIMITED = new Plan("unlimited", "Unlimited", 0, "BRL", Allowed.EVERYTHING);
    /** Ten thousand million; more is a mistake in the settings. */
    private static final long HIGHEST_PRICE = 1_000_000_000_000L;
    private static final int LONGEST_NAME = 100;

    public Plan {
        if (!code.matches("[a-z0-9][a-z0-9_-]{0,39}")) throw new IllegalArgumentException("the plan " + code + " needs a code of small letters, digits, - and _");
        if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("the plan " + code + " needs a name of 1 to " + LONGEST_NAME + " characters");
        }
        if (price < 0 || price > HIGHEST_PRICE) throw new IllegalArgumentException("the plan " + code + " has no possible price: " + price);
        Currency.getInstance(currency);
        for (var limit : Limit.values()) {
            if (limits.of(limit).filter(allowed -> allowed < 0).isPresent()) throw new IllegalArgumentException("the plan " + code + " limits to less than nothing");
        }
    }

    boolean isFree() {
        return price == 0;
    }
}
