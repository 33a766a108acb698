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
import java.util.regex.Pattern;

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
            return Arrays.stream(values()).filter(one -> one.code().equals(code)).findFirst().orElseThrow(Separator::none);
        }

        static Separator of(char character) {
            return Arrays.stream(values()).filter(one -> one.character == character).findFirst().orElseThrow(Separator::none);
        }

        private static Refusal none() {
            return Refusal.invalid("separator", "invalid", "A separator is comma, semicolon or tab.");
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
    /** A line of which Excel takes, and writes, what stands between the cells of those below. */
    private static final Pattern SAID = Pattern.compile("\"?sep=(.)\"?\\s*", Pattern.CASE_INSENSITIVE);

    private final Path path;
    public final Encoding encoding;
    public final Separator separator;
    /** What the columns are called: the first row, or that below the line with the separator. */
    public final List<String> headers;
    private final int rowsAbove;

    private CsvFile(Path path, Encoding encoding, Separator separator, List<String> headers, int rowsAbove) {
        this.path = path;
        this.encoding = encoding;
        this.separator = separator;
        this.headers = headers;
        this.rowsAbove = rowsAbove;
    }

    /** Finds out how the file was written; {@code encoding} and {@code separator} say so where that is known. */
    public static CsvFile look(Path path, Optional<String> encoding, Optional<String> separator) throws IOException {
        var bytes = start(path);
        for (var one : bytes) {
            if (one == 0) throw new Refusal(Refusal.Kind.INVALID, "file_not_text", "This is no CSV file: save the sheet as CSV first.");
        }
        var known = encoding.map(CsvFile::encoding);
        var found = known.isPresent() ? known.get() : isUtf8(path) ? Encoding.UTF_8 : Encoding.WINDOWS_1252;
        var said = SAID.matcher(new String(bytes, found.charset).replaceFirst("^\uFEFF", "").lines().findFirst().orElse(""));
        int above = said.matches() ? 1 : 0;
        var divided = separator.isPresent() ? Separator.typed(separator.get()) : above > 0 ? Separator.of(said.group(1).charAt(0)) : separator(path, found);
        var first = beginning(path, found, divided, above + 1);
        if (first.size() <= above) throw new Refusal(Refusal.Kind.INVALID, "file_empty", "There is nothing in the file.");
        var headers = first.getLast().stream().map(header -> Text.cut(Text.storable(header).strip(), 200)).toList();
        if (headers.size() > MOST_COLUMNS) {
            throw new Refusal(Refusal.Kind.INVALID, "file_columns_too_many", "A file has at most " + MOST_COLUMNS + " columns.");
        }
        return new CsvFile(path, found, divided, headers, above + 1);
    }

    /** Hands on the cells of each row below the headers; rows in which nothing stands are left out. */
    public void read(Consumer<List<String>> row) throws IOException {
        try (var rows = open(path, encoding, separator)) {
            int above = 0;
            for (var record : rows) {
                if (above++ >= rowsAbove && record.getFields().stream().anyMatch(cell -> !cell.isBlank())) {
                    row.accept(record.getFields().stream().map(Text::storable).toList());
                }
            }
        } catch (CsvParseException why) {
            throw malformed(why);
        }
    }

    private static byte[] start(Path path) throws IOException {
        try (var bytes = Files.newInputStream(path)) {
            return bytes.readNBytes(BEGINNING);
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
        } catch (CsvParseException why) {
            throw malformed(why);
        }
    }

    private static CsvReader<CsvRecord> open(Path path, Encoding encoding, Separator separator) throws IOException {
        // Cells beyond the last column belong to no column, and a row may end early: both are for the row's result to say.
        return CsvReader.builder().fieldSeparator(separator.character).detectBomHeader(true).allowExtraFields(true)
                .allowMissingFields(true).allowUnclosedQuote(false).build(CsvRecordHandler.builder().maxFields(2 * MOST_COLUMNS)
                        .maxFieldSize(LONGEST_CELL).maxRecordSize(MOST_COLUMNS * LONGEST_CELL).build(), path, encoding.charset);
    }

    /** The reader names the line in which the row begins; a quote that is not closed takes all that follows into its cell. */
    private static Refusal malformed(CsvParseException why) {
        return new Refusal(Refusal.Kind.INVALID, "file_malformed", "This is no CSV file: a quote is not closed, something stands behind a closed "
                + "one, or a cell is longer than " + LONGEST_CELL + " characters. " + why.getMessage() + ".");
    }
}
