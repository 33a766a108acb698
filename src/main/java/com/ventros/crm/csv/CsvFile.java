package com.ventros.crm.csv;

import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** A file of rows and cells: in which encoding it was written, and what stands between its cells. */
public final class CsvFile {

    /** How letters became bytes. */
    public enum Encoding {
        UTF_8("utf-8", StandardCharsets.UTF_8),
        /** What spreadsheets on Windows write in this part of the world. */
        WINDOWS_1252("windows-1252", Charset.forName("windows-1252"));

        public final String code;
        private final Charset charset;

        Encoding(String code, Charset charset) {
            this.code = code;
            this.charset = charset;
        }
    }

    /** What stands between two cells; where the comma divides whole numbers from parts, spreadsheets write a semicolon. */
    public enum Separator {
        COMMA(','), SEMICOLON(';'), TAB('\t');

        public final char character;

        Separator(char character) {
            this.character = character;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Separator typed(String code) {
            return Arrays.stream(values()).filter(one -> one.code().equals(code)).findFirst().orElseThrow(() ->
                    Refusal.invalid("separator", "invalid", "A separator is comma, semicolon or tab."));
        }
    }

    /** More than any list of people has; the mapping is shown on one screen. */
    static final int MOST_COLUMNS = 100;
    /** A document of a custom field and its quotes. */
    private static final int LONGEST_CELL = 20_500;
    /** Enough to see in which way a file is divided. */
    private static final int LOOKED_AT = 20;
    /** Of the beginning, in which a file that is no text shows it. */
    private static final int BEGINNING = 1 << 16;

    private final Path path;
    public final Encoding encoding;
    public final Separator separator;
    /** The first row: what the columns are called. */
    public final List<String> headers;

    private CsvFile(Path path, Encoding encoding, Separator separator, List<String> headers) {
        this.path = path;
        this.encoding = encoding;
        this.separator = separator;
        this.headers = headers;
    }

    /** Finds out how the file was written; {@code encoding} and {@code separator} say so where that is known. */
    public static CsvFile look(Path path, Optional<String> encoding, Optional<String> separator) throws IOException {
        try (var bytes = Files.newInputStream(path)) {
            for (var one : bytes.readNBytes(BEGINNING)) {
                if (one == 0) throw new Refusal(Refusal.Kind.INVALID, "file_not_text", "This is no CSV file: save the sheet as CSV first.");
            }
        }
        var known = encoding.map(CsvFile::encoding);
        var found = known.isPresent() ? known.get() : isUtf8(path) ? Encoding.UTF_8 : Encoding.WINDOWS_1252;
        var divided = separator.isPresent() ? Separator.typed(separator.get()) : separator(path, found);
        var first = beginning(path, found, divided, 1);
        if (first.isEmpty()) throw new Refusal(Refusal.Kind.INVALID, "file_empty", "There is nothing in the file.");
        var headers = first.getFirst().stream().map(header -> Text.cut(Text.storable(header).strip(), 200)).toList();
        if (headers.size() > MOST_COLUMNS) {
            throw new Refusal(Refusal.Kind.INVALID, "file_columns_too_many", "A file has at most " + MOST_COLUMNS + " columns.");
        }
        return new CsvFile(path, found, divided, headers);
    }

    /** Hands on the cells of each row after the first; rows in which nothing stands are left out. */
    public void read(Consumer<List<String>> row) throws IOException {
        try (var rows = open(path, encoding, separator)) {
            boolean header = true;
            for (var record : rows) {
                if (!header && record.getFields().stream().anyMatch(cell -> !cell.isBlank())) {
                    row.accept(record.getFields().stream().map(Text::storable).toList());
                }
                header = false;
            }
        } catch (CsvParseException malformed) {
            throw malformed();
        }
    }

    private static Encoding encoding(String code) {
        return Arrays.stream(Encoding.values()).filter(one -> one.code.equals(code)).findFirst().orElseThrow(() ->
                Refusal.invalid("encoding", "invalid", "An encoding is utf-8 or windows-1252."));
    }

    private static boolean isUtf8(Path path) throws IOException {
        var strict = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try (var text = new InputStreamReader(Files.newInputStream(path), strict)) {
            text.transferTo(Writer.nullWriter());
            return true;
        } catch (CharacterCodingException otherwise) {
            return false;
        }
    }

    /** The one by which the first rows have as many cells as the header, and that more than one. */
    private static Separator separator(Path path, Encoding encoding) throws IOException {
        record Fit(Separator separator, double rows, int columns) {}
        var fits = new ArrayList<Fit>();
        for (var candidate : Separator.values()) {
            List<List<String>> rows;
            try {
                rows = beginning(path, encoding, candidate, LOOKED_AT);
            } catch (Refusal malformed) {
                continue;
            }
            if (rows.isEmpty() || rows.getFirst().size() < 2) continue;
            int columns = rows.getFirst().size();
            fits.add(new Fit(candidate, rows.stream().filter(row -> row.size() == columns).count() / (double) rows.size(), columns));
        }
        return fits.stream().max(Comparator.comparingDouble(Fit::rows).thenComparingInt(Fit::columns)).map(Fit::separator)
                .orElse(Separator.COMMA);
    }

    private static List<List<String>> beginning(Path path, Encoding encoding, Separator separator, int most) throws IOException {
        try (var rows = open(path, encoding, separator)) {
            return rows.stream().limit(most).map(CsvRecord::getFields).toList();
        } catch (CsvParseException malformed) {
            throw malformed();
        }
    }

    private static CsvReader<CsvRecord> open(Path path, Encoding encoding, Separator separator) throws IOException {
        // Cells beyond the last column belong to no column, and a row may end early: both are for the row's result to say.
        return CsvReader.builder().fieldSeparator(separator.character).detectBomHeader(true).allowExtraFields(true)
                .allowMissingFields(true).build(CsvRecordHandler.builder().maxFields(2 * MOST_COLUMNS)
                        .maxFieldSize(LONGEST_CELL).maxRecordSize(MOST_COLUMNS * LONGEST_CELL).build(), path, encoding.charset);
    }

    private static Refusal malformed() {
        return new Refusal(Refusal.Kind.INVALID, "file_malformed", "This is no CSV file: a quote is not closed, or a cell is longer than "
                + LONGEST_CELL + " characters.");
    }
}
