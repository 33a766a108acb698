package com.ventros.crm.contacts.web;

import com.ventros.crm.csv.Cells;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;

/** A CSV file that is written while it is sent, of whatever length. No cell of it is a formula to a spreadsheet. */
final class CsvAnswer implements Closeable {

    static final String TYPE = "text/csv";
    /** Without it spreadsheets on Windows take UTF-8 for their own encoding. */
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final CsvWriter csv;

    private CsvAnswer(CsvWriter csv) {
        this.csv = csv;
    }

    static CsvAnswer begin(HttpServletResponse response, String fileName, char separator) throws IOException {
        response.setContentType(TYPE + ";charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename(fileName).build().toString());
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        var out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        out.write(BYTE_ORDER_MARK);
        return new CsvAnswer(CsvWriter.builder().fieldSeparator(separator).quoteStrategy(QuoteStrategies.ALWAYS).build(out));
    }

    void write(List<String> cells) {
        csv.writeRecord(cells.stream().map(Cells::safe).toList());
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
