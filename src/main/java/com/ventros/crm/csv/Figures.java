package com.ventros.crm.csv;

import com.ventros.crm.kernel.Refusal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Numbers and days as people write them in sheets, made what the API takes. What is written otherwise stays as it is, for whoever
 * knows what is wanted to take or refuse.
 */
public final class Figures {

    /** The sign before the parts of a number; the other one may stand between its thousands. */
    public enum Decimal {
        COMMA(','), POINT('.');

        private final char sign;

        Decimal(char sign) {
            this.sign = sign;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Decimal typed(String code) {
            return Arrays.stream(values()).filter(one -> one.code().equals(code)).findFirst().orElseThrow(() ->
                    Refusal.invalid("decimal", "invalid", "The sign before the parts of a number is comma or point."));
        }
    }

    /** One sign with three digits behind it and no more in front of it: 1.234 is a thousand to some, and one and a bit to others. */
    private static final Pattern AMBIGUOUS = Pattern.compile("-?[1-9]\\d{0,2}([.,])\\d{3}");
    private static final Pattern THOUSANDS = Pattern.compile(
            "-?[1-9]\\d{0,2}(?:(?:\\.\\d{3}){2,}|(?:,\\d{3}){2,}|(?:\\.\\d{3})+,\\d+|(?:,\\d{3})+\\.\\d+)");
    /** Blanks between the thousands leave one reading. */
    private static final Pattern BLANKS = Pattern.compile("-?[1-9]\\d{0,2}(?: \\d{3})+(?:[.,]\\d+)?");
    private static final Pattern COMMA = Pattern.compile("-?\\d+,\\d+");
    private static final Locale BRAZIL = Locale.of("pt", "BR");
    /** No number that anybody takes is longer. */
    private static final int LONGEST = 40;
    private static final DateTimeFormatter DAY = strict("d/M/uuuu");
    private static final DateTimeFormatter TIME = strict("d/M/uuuu H:mm[:ss]");

    private Figures() {}

    /**
     * With a point before its parts and nothing between its thousands. What can be read in one way only is read so; where either
     * is possible the sign must be known.
     *
     * @param field to be named where it is not
     */
    public static String number(String field, String cell, Optional<Decimal> decimal) {
        var typed = spaced(cell);
        if (typed.length() > LONGEST) return typed;
        var ambiguous = AMBIGUOUS.matcher(typed);
        if (ambiguous.matches()) {
            var known = decimal.orElseThrow(() -> Refusal.invalid(field, "number_ambiguous",
                    "This may be a number of thousands or one with three decimals: say whether decimal is comma or point."));
            return ambiguous.group(1).charAt(0) == known.sign ? typed.replace(',', '.') : typed.replaceAll("[.,]", "");
        }
        if (BLANKS.matcher(typed).matches()) return typed.replace(" ", "").replace(',', '.');
        if (THOUSANDS.matcher(typed).matches()) {
            int last = Math.max(typed.lastIndexOf('.'), typed.lastIndexOf(','));
            boolean whole = typed.indexOf(typed.charAt(last)) < last;
            return whole ? typed.replaceAll("[.,]", "") : typed.substring(0, last).replaceAll("[.,]", "") + "." + typed.substring(last + 1);
        }
        return COMMA.matcher(typed).matches() ? typed.replace(',', '.') : typed;
    }

    /** The same without the sign of its currency, as sheets show it in Brazil: R$ 10,50. */
    public static String amount(String field, String cell, Currency currency, Optional<Decimal> decimal) {
        var sign = Pattern.quote(currency.getSymbol(BRAZIL));
        return number(field, spaced(cell).replaceFirst("^(-?) *" + sign + " *", "$1"), decimal);
    }

    /** Sheets write blanks at which no line breaks before numbers and between their thousands; here they are blanks. */
    private static String spaced(String cell) {
        return cell.replaceAll("\\p{Zs}", " ").strip();
    }

    /** So that whoever reads it, with whichever sign, reads the same. */
    public static String unambiguous(String number) {
        return AMBIGUOUS.matcher(number).matches() ? number + "0" : number;
    }

    /** A day like 28/02/2026, the day first. */
    public static String day(String typed) {
        try {
            return LocalDate.parse(spaced(typed), DAY).toString();
        } catch (DateTimeException otherwise) {
            return typed;
        }
    }

    /** A time like 28/02/2026 10:00, as clocks show it there. */
    public static String time(String typed, ZoneId zone) {
        try {
            return LocalDateTime.parse(spaced(typed), TIME).atZone(zone).toInstant().toString();
        } catch (DateTimeException otherwise) {
            return typed;
        }
    }

    private static DateTimeFormatter strict(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    }
}
