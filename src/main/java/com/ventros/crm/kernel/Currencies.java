package com.ventros.crm.kernel;

import java.util.Currency;

/** Currencies as people and programs write them. */
public final class Currencies {

    private Currencies() {}

    /** Money that is counted in parts; gold, test codes and no currency at all have codes as well, and are refused. */
    public static Currency read(String field, String code) {
        try {
            var currency = Currency.getInstance(code);
            if (currency.getDefaultFractionDigits() >= 0) return currency;
        } catch (IllegalArgumentException unknown) {
            // refused as one that has no parts
        }
        throw Refusal.invalid(field, "invalid", "A currency is written like BRL.");
    }
}
