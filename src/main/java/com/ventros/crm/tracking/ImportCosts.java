package com.ventros.crm.tracking;

import com.ventros.crm.accounts.AccountView;
import com.ventros.crm.csv.Cells;
import com.ventros.crm.csv.CsvFile;
import com.ventros.crm.csv.Figures;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.http.Dates;
import com.ventros.crm.http.FilesOnce;
import com.ventros.crm.kernel.Currencies;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.specifications.Folding;
import com.ventros.crm.tenancy.Tenancy;
import com.ventros.crm.tracking.CostEvent.CostsImported;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes in what was spent, out of a CSV file. A row says what one day cost of one source, campaign or advertisement, and the newest
 * file that says so counts: the same file again changes nothing.
 */
@Component
public class ImportCosts {

    /**
     * @param encoding and {@code separator} are found out where nobody says them
     * @param decimal  the sign before the parts of an amount; where nobody says it, an amount that could be two is refused
     * @param key      under which it is taken in once
     */
    public record File(InputStream bytes, Optional<UUID> project, Optional<String> encoding, Optional<String> separator,
            Optional<Figures.Decimal> decimal, Optional<FilesOnce.Key> key) {}

    /** A row that was not taken in, with the first line below the header as 1. */
    public record Refused(int row, String column, String code, String reason) {}

    /**
     * What became of the rows.
     *
     * @param kept how many stand now as the file says
     */
    public record Result(int rows, int kept, List<Refused> refused) {}

    /** What a column may be, and what people call it. */
    private enum Column {
        DAY("day", "date", "dia", "data"), SOURCE("source", "utm_source", "origem"), MEDIUM("medium", "utm_medium", "meio"),
        CAMPAIGN("campaign", "utm_campaign", "campanha"), AD_ID("adid", "ad_id", "ad id", "anuncio", "id do anuncio"),
        AMOUNT("amount", "cost", "spend", "valor", "custo", "gasto"), CURRENCY("currency", "moeda");

        private final List<String> names;

        Column(String... names) {
            this.names = List.of(names);
        }

        private String code() {
            return this == AD_ID ? "adId" : name().toLowerCase(Locale.ROOT);
        }
    }

    /** What was spent on what; a word that was not said is empty. */
    private record Cost(LocalDate day, String source, String medium, String campaign, String adId, Currency currency) {}

    /** A year of some hundred advertisements is handed in in parts. */
    private static final int MOST_ROWS = 10_000;
    /** So many rows with a few hundred characters each. */
    private static final int MOST_BYTES = 4 << 20;
    private static final int LONGEST_AD_ID = 200;
    /** As for deals. */
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000_000_000L);
    private static final Pattern AMOUNT = Pattern.compile("\\d{1,15}(?:\\.\\d{1,4})?");

    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final AccountView accounts;
    private final FilesOnce once;
    private final Outbox outbox;

    ImportCosts(JdbcClient db, TransactionTemplate transaction, AccountView accounts, FilesOnce once, Outbox outbox) {
        this.db = db;
        this.transaction = transaction;
        this.accounts = accounts;
        this.once = once;
        this.outbox = outbox;
    }

    public Result handle(File file) throws IOException {
        var project = new ProjectId(transaction.execute(_ -> accounts.projectOrOnly(file.project())).id());
        var spool = Files.createTempFile("costs", ".csv");
        try {
            receive(file.bytes(), spool);
            var csv = CsvFile.look(spool, file.encoding(), file.separator());
            var columns = columns(csv.headers);
            var costs = new LinkedHashMap<Cost, Long>();
            var refused = new ArrayList<Refused>();
            var rows = new int[1];
            csv.read(cells -> {
                if (++rows[0] > MOST_ROWS) {
                    throw new Refusal(Refusal.Kind.INVALID, "file_rows_too_many", "A file has at most " + MOST_ROWS + " rows.");
                }
                try {
                    read(columns, cells, file.decimal(), costs);
                } catch (Refusal wrong) {
                    var why = wrong.errors().getFirst();
                    refused.add(new Refused(rows[0], why.field(), why.code(), why.detail()));
                }
            });
            if (rows[0] == 0) throw new Refusal(Refusal.Kind.INVALID, "file_empty", "There are no rows in the file.");
            return transaction.execute(_ -> once.once(file.key(), spool, Result.class, () -> {
                if (!costs.isEmpty()) keep(project, costs, rows[0]);
                return new Result(rows[0], costs.size(), refused);
            }));
        } finally {
            Files.deleteIfExists(spool);
        }
    }

    private static void receive(InputStream bytes, Path spool) throws IOException {
        var read = bytes.readNBytes(MOST_BYTES + 1);
        if (read.length > MOST_BYTES) {
            throw new Refusal(Refusal.Kind.INVALID, "file_too_large", "A file has at most " + MOST_BYTES + " bytes.");
        }
        if (read.length == 0) throw new Refusal(Refusal.Kind.INVALID, "file_empty", "There is nothing in the file.");
        Files.write(spool, read);
    }

    private static Map<Column, Integer> columns(List<String> headers) {
        var columns = new EnumMap<Column, Integer>(Column.class);
        for (int i = 0; i < headers.size(); i++) {
            var name = Folding.fold(headers.get(i)).strip();
            for (var column : Column.values()) {
                if (column.names.contains(name) && columns.putIfAbsent(column, i) != null) {
                    throw new Refusal(Refusal.Kind.INVALID, "file_column_repeated", "Two columns are both " + column.code() + ".");
                }
            }
        }
        for (var needed : List.of(Column.DAY, Column.AMOUNT, Column.CURRENCY)) {
            if (!columns.containsKey(needed)) {
                throw new Refusal(Refusal.Kind.INVALID, "file_column_missing",
                        "A file has the columns day, amount and currency, and source, campaign or adId; " + needed.code() + " is missing.");
            }
        }
        return columns;
    }

    private static void read(Map<Column, Integer> columns, List<String> cells, Optional<Figures.Decimal> decimal, Map<Cost, Long> costs) {
        var day = Dates.day(Column.DAY.code(), Figures.day(cell(columns, Column.DAY, cells)));
        var currency = Currencies.read(Column.CURRENCY.code(), cell(columns, Column.CURRENCY, cells).toUpperCase(Locale.ROOT));
        var adId = cell(columns, Column.AD_ID, cells);
        if (adId.codePointCount(0, adId.length()) > LONGEST_AD_ID) {
            throw Refusal.invalid(Column.AD_ID.code(), "length", "An id has at most " + LONGEST_AD_ID + " characters.");
        }
        var cost = new Cost(day, word(columns, Column.SOURCE, cells), word(columns, Column.MEDIUM, cells), word(columns, Column.CAMPAIGN, cells),
                adId, currency);
        if (cost.source().isEmpty() && cost.campaign().isEmpty() && adId.isEmpty()) {
            throw Refusal.invalid(Column.SOURCE.code(), "required", "Say of which source, campaign or advertisement it is.");
        }
        var amount = amount(Figures.amount(Column.AMOUNT.code(), cell(columns, Column.AMOUNT, cells), currency, decimal), currency);
        if (costs.putIfAbsent(cost, amount) != null) {
            throw Refusal.invalid(Column.DAY.code(), "repeated", "A row above says what this day cost.");
        }
    }

    private static String cell(Map<Column, Integer> columns, Column column, List<String> cells) {
        return columns.containsKey(column) && columns.get(column) < cells.size() ? Cells.plain(cells.get(columns.get(column))) : "";
    }

    private static String word(Map<Column, Integer> columns, Column column, List<String> cells) {
        return Utm.word(column.code(), cell(columns, column, cells)).orElse("");
    }

    private static long amount(String typed, Currency currency) {
        if (!AMOUNT.matcher(typed).matches()) {
            throw Refusal.invalid(Column.AMOUNT.code(), "invalid", "An amount is written like 1234.56 or 1.234,56.");
        }
        var parts = new BigDecimal(typed).movePointRight(currency.getDefaultFractionDigits());
        // Noughts count as well: 2.500 of a currency with two decimals may be two thousand five hundred.
        if (parts.scale() > 0) throw Refusal.invalid(Column.AMOUNT.code(), "invalid", "This currency has no parts as small as that.");
        if (parts.compareTo(MOST) > 0) throw Refusal.invalid(Column.AMOUNT.code(), "out_of_bounds", "An amount is at most " + MOST + " of the smallest parts.");
        return parts.longValueExact();
    }

    private void keep(ProjectId project, Map<Cost, Long> costs, int rows) {
        var keys = List.copyOf(costs.keySet());
        int changed = db.sql("""
                insert into tracking_cost (tenant_id, project_id, day, source, medium, campaign, ad_id, currency, amount)
                select :tenant, :project, c.* from unnest(:days::date[], :sources::text[], :media::text[], :campaigns::text[], :ads::text[],
                                                          :currencies::text[], :amounts::bigint[])
                    c (day, source, medium, campaign, ad_id, currency, amount)
                 order by 3, 4, 5, 6, 7, 8
                    on conflict (tenant_id, project_id, day, source, medium, campaign, ad_id, currency) do update
                   set amount = excluded.amount where tracking_cost.amount <> excluded.amount
                """)
                .param("tenant", Tenancy.current().value()).param("project", project.value())
                .param("days", keys.stream().map(cost -> cost.day().toString()).toArray(String[]::new))
                .param("sources", keys.stream().map(Cost::source).toArray(String[]::new))
                .param("media", keys.stream().map(Cost::medium).toArray(String[]::new))
                .param("campaigns", keys.stream().map(Cost::campaign).toArray(String[]::new))
                .param("ads", keys.stream().map(Cost::adId).toArray(String[]::new))
                .param("currencies", keys.stream().map(cost -> cost.currency().getCurrencyCode()).toArray(String[]::new))
                .param("amounts", keys.stream().map(costs::get).toArray(Long[]::new)).update();
        if (changed == 0) return;
        var id = Uuids.v7();
        outbox.append(List.of(new NewEvent(new CostsImported(id, rows, changed), "tracking_cost", id, 1, Optional.of(project),
                Instant.now().truncatedTo(ChronoUnit.MICROS), Cause.current())));
    }
}
