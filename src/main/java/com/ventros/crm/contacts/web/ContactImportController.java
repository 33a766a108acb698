package com.ventros.crm.contacts.web;

import com.ventros.crm.contacts.ContactImportView;
import com.ventros.crm.contacts.ImportContacts;
import com.ventros.crm.csv.Figures;
import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.FilesOnce;
import com.ventros.crm.http.Malformed;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Contacts out of a CSV file: handed in, looked at, entered in the background, and taken back if they should not have been. */
@RestController
@RequestMapping("/api/v1/contact-imports")
class ContactImportController {

    /**
     * What each column of the file is, in their order; null leaves one out.
     *
     * @param decimal {@code comma} or {@code point}: what stands before the parts of numbers. Where nobody says it, one that could
     *                be of thousands as well (1.234) is refused
     */
    record Columns(List<String> columns, String decimal) {

        private Optional<Figures.Decimal> sign() {
            return Optional.ofNullable(decimal).map(Figures.Decimal::typed);
        }
    }

    /** The first rows, and what they would do. */
    record Preview(List<ImportContacts.Expected> rows) {}

    private static final Set<String> OUTCOMES = Set.of("created", "updated", "unchanged", "refused");
    private static final int LONGEST_NAME = 500;
    private static final int ROWS_AT_ONCE = 1_000;
    private static final List<String> RESULT = List.of("row", "outcome", "contactId", "field", "code", "reason", "undone", "left");

    private final ImportContacts imports;
    private final ContactImportView view;
    private final FilesOnce once;

    ContactImportController(ImportContacts imports, ContactImportView view, FilesOnce once) {
        this.imports = imports;
        this.view = view;
        this.once = once;
    }

    /** Lists the imports, the newest first. */
    @Requires(Permission.CONTACT_IMPORT)
    @GetMapping
    Page<ContactImportView.Shown> list(Paging paging) {
        return Page.of(view.list(paging), paging, one -> Cursor.after(one.createdAt(), one.id()));
    }

    /**
     * Hands in a file. The body is the file, of whatever content type; encoding and separator are found out unless they are said.
     * Nothing is entered before it is started.
     */
    @Requires(Permission.CONTACT_IMPORT)
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ContactImportView.Shown handIn(@RequestParam Optional<String> fileName, @RequestParam Optional<UUID> projectId,
            @RequestParam Optional<String> encoding, @RequestParam Optional<String> separator, HttpServletRequest request,
            HttpServletResponse response) throws IOException {
        if (fileName.filter(name -> name.length() > LONGEST_NAME).isPresent()) {
            throw Refusal.invalid("fileName", "length", "A name has at most " + LONGEST_NAME + " characters.");
        }
        return find(imports.handIn(new ImportContacts.File(request.getInputStream(), fileName, projectId.map(ProjectId::new),
                encoding, separator, once.key(request, response))));
    }

    /** Shows an import and how far it came. */
    @Requires(Permission.CONTACT_IMPORT)
    @GetMapping("/{id}")
    ContactImportView.Shown get(@PathVariable UUID id) {
        return find(id);
    }

    /** Says what the first rows would do if the columns were these. */
    @Requires(Permission.CONTACT_IMPORT)
    @PostMapping("/{id}/preview")
    Preview preview(@PathVariable UUID id, @RequestBody Columns request) {
        return new Preview(imports.preview(find(id).id(), columns(request), request.sign()));
    }

    /** Starts an import with these columns. */
    @Requires(Permission.CONTACT_IMPORT)
    @PostMapping("/{id}/start")
    ContactImportView.Shown start(@PathVariable UUID id, @RequestBody Columns request) {
        imports.start(find(id).id(), columns(request), request.sign());
        return find(id);
    }

    /** Cancels an import; what was entered stays until it is undone. */
    @Requires(Permission.CONTACT_IMPORT)
    @PostMapping("/{id}/cancel")
    ContactImportView.Shown cancel(@PathVariable UUID id) {
        imports.cancel(id);
        return find(id);
    }

    /** Takes back what an import entered, where nobody has touched it since. */
    @Requires(Permission.CONTACT_IMPORT)
    @PostMapping("/{id}/undo")
    ContactImportView.Shown undo(@PathVariable UUID id) {
        imports.undo(id);
        return find(id);
    }

    /** Lists the rows with what became of each, of one outcome or all. */
    @Requires(Permission.CONTACT_IMPORT)
    @GetMapping("/{id}/rows")
    Page<ContactImportView.ShownRow> rows(@PathVariable UUID id, @RequestParam Optional<String> outcome, Paging paging) {
        return Page.of(view.rows(find(id).id(), outcome(outcome), paging.after().map(ContactImportController::number).orElse(0),
                paging.fetch()), paging, row -> Cursor.after(row.row()));
    }

    /** Gives out what became of each row as a CSV file, with the cells as they stood in the file. */
    @Requires(Permission.CONTACT_IMPORT)
    @GetMapping(path = "/{id}/result", produces = CsvAnswer.TYPE)
    void result(@PathVariable UUID id, @RequestParam Optional<String> outcome, HttpServletResponse response) throws IOException {
        var shown = find(id);
        var wanted = outcome(outcome);
        try (var csv = CsvAnswer.begin(response, "import-result.csv", ',')) {
            csv.write(concat(RESULT, shown.headers()));
            int after = 0;
            List<ContactImportView.ShownRow> rows;
            do {
                rows = view.rows(id, wanted, after, ROWS_AT_ONCE);
                for (var row : rows) {
                    csv.write(concat(List.of(Integer.toString(row.row()), row.outcome().orElse(""), row.contactId().map(UUID::toString).orElse(""),
                            row.field().orElse(""), row.code().orElse(""), row.reason().orElse(""), row.undone().orElse(""),
                            String.join("|", row.left())), row.cells()));
                    after = row.row();
                }
            } while (rows.size() == ROWS_AT_ONCE);
        }
    }

    private ContactImportView.Shown find(UUID id) {
        return view.find(id).orElseThrow(() -> Refusal.notFound("contact_import"));
    }

    private static List<String> columns(Columns request) {
        if (request.columns() == null) throw Refusal.invalid("columns", "required", "Say what the columns are.");
        return request.columns().stream().map(column -> column == null ? "" : column).toList();
    }

    private static Optional<String> outcome(Optional<String> outcome) {
        if (outcome.filter(code -> !OUTCOMES.contains(code)).isPresent()) {
            throw Refusal.invalid("outcome", "invalid", "An outcome is created, updated, unchanged or refused.");
        }
        return outcome;
    }

    private static int number(Cursor after) {
        long number = after.number(0);
        if (number < 0 || number > Integer.MAX_VALUE) throw new Malformed("cursor_invalid", "The cursor is not one that a page of this list gave.");
        return (int) number;
    }

    private static List<String> concat(List<String> first, List<String> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }
}
