package com.ventros.crm.contacts;

import com.ventros.crm.contacts.ContactImports.Row;
import com.ventros.crm.csv.CsvFile;
import com.ventros.crm.csv.Figures;
import com.ventros.crm.events.Broker.Lane;
import com.ventros.crm.events.Cause;
import com.ventros.crm.http.FilesOnce;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.kernel.Text;
import com.ventros.crm.kernel.Uuids;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * People hand in a file with contacts, say what its columns are, and see it entered in the background, step by step. A step is
 * one transaction: rows, contacts, events and how far it came are saved together, so whoever goes on after a crash goes on there.
 */
@Component
public class ImportContacts {

    /**
     * A file on its way here.
     *
     * @param project   the tenant's only project when empty
     * @param encoding  found out when empty
     * @param separator found out when empty
     * @param key       under which it is taken in once
     */
    public record File(InputStream bytes, Optional<String> name, Optional<ProjectId> project, Optional<String> encoding,
            Optional<String> separator, Optional<FilesOnce.Key> key) {}

    /**
     * What a row would do.
     *
     * @param outcome {@code created}, {@code updated}, {@code unchanged} or {@code refused}
     * @param field   the column whose value is refused; null when it is not because of one
     * @param changes what would be changed, each with {@code before} where there is something and {@code after}
     */
    public record Expected(int row, List<String> cells, String outcome, Optional<UUID> contactId, Optional<String> field,
            Optional<String> code, Optional<String> reason, List<Map<String, Object>> changes) {}

    /** Work of an import, found across tenants. */
    public record Work(TenantId tenant, UUID id) {}

    private static final Logger log = LoggerFactory.getLogger(ImportContacts.class);
    /** An import of more is several: nobody wants to take back half a million contacts by mistake. */
    private static final int MOST_ROWS = 500_000;
    private static final int ADDED_AT_ONCE = 2_000;
    /** As many as a screen shows. */
    private static final int PREVIEWED = 20;
    /**
     * While a step runs, messages from people in the same project wait for it, so it is short; the number of statements is the
     * same for any number of rows, so it is not shorter.
     */
    private static final int STEP = 250;
    /** Longer than any step takes; so late another program takes over from one that died. */
    private static final Duration LEASE = Duration.ofSeconds(20);
    /** So long people see what became of each row, and can take it back; the rows hold what people know of other people. */
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int FORGOTTEN_AT_ONCE = 5_000;
    private static final int LONGEST_NAME = 200;

    private final ContactImports imports;
    private final EnterRows enterRows;
    private final TakeBackRows takeBackRows;
    private final CustomFields fields;
    private final Contacts contacts;
    private final Projects projects;
    private final FilesOnce once;
    private final TransactionTemplate transaction;
    /** Takes back what it did, and nothing of what it is part of. */
    private final TransactionTemplate rehearsal;
    private final long maxBytes;

    ImportContacts(ContactImports imports, EnterRows enterRows, TakeBackRows takeBackRows, CustomFields fields, Contacts contacts,
            Projects projects, FilesOnce once, TransactionTemplate transaction, ImportProperties settings) {
        this.imports = imports;
        this.enterRows = enterRows;
        this.takeBackRows = takeBackRows;
        this.fields = fields;
        this.contacts = contacts;
        this.projects = projects;
        this.once = once;
        this.transaction = transaction;
        this.rehearsal = new TransactionTemplate(transaction.getTransactionManager());
        this.rehearsal.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        this.maxBytes = settings.maxSize().toBytes();
    }

    /** Keeps the rows of a file; nothing is entered yet. */
    public UUID handIn(File file) throws IOException {
        var project = transaction.execute(_ -> projects.orOnly(file.project()).id());
        var spool = Files.createTempFile("import", ".csv");
        try {
            receive(file.bytes(), spool);
            var read = CsvFile.look(spool, file.encoding(), file.separator());
            var rows = new AtomicInteger();
            read.read(_ -> {
                if (rows.incrementAndGet() > MOST_ROWS) {
                    throw new Refusal(Refusal.Kind.INVALID, "file_rows_too_many", "A file has at most " + MOST_ROWS + " rows.");
                }
            });
            if (rows.get() == 0) throw new Refusal(Refusal.Kind.INVALID, "file_empty", "There are no rows in the file.");
            return transaction.execute(_ -> once.once(file.key(), spool, UUID.class, () -> keep(file, project, read, rows.get())));
        } finally {
            Files.deleteIfExists(spool);
        }
    }

    private void receive(InputStream bytes, Path spool) throws IOException {
        try (var out = Files.newOutputStream(spool)) {
            var buffer = new byte[1 << 16];
            long read = 0;
            for (int n; (n = bytes.read(buffer)) > 0; ) {
                read += n;
                if (read > maxBytes) {
                    throw new Refusal(Refusal.Kind.INVALID, "file_too_large", "A file has at most " + maxBytes + " bytes.");
                }
                out.write(buffer, 0, n);
            }
            if (read == 0) throw new Refusal(Refusal.Kind.INVALID, "file_empty", "There is nothing in the file.");
        }
    }

    private UUID keep(File file, ProjectId project, CsvFile read, int rows) {
        var made = ContactImport.handedIn(Uuids.v7(), project, rows);
        var name = Text.cut(Text.storable(file.name().orElse("")).strip(), LONGEST_NAME).strip();
        imports.add(made, name.isEmpty() ? "contacts.csv" : name, read, now());
        var block = new ArrayList<Row>();
        var number = new AtomicInteger();
        try {
            read.read(cells -> {
                block.add(new Row(number.incrementAndGet(), cells));
                if (block.size() < ADDED_AT_ONCE) return;
                imports.addRows(made.id, block);
                block.clear();
            });
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        if (!block.isEmpty()) imports.addRows(made.id, block);
        return made.id;
    }

    /** What the columns probably are, by what they are called. */
    @Transactional(readOnly = true)
    public List<String> suggested(ProjectId project, List<String> headers) {
        return ImportColumns.suggested(headers, fields.of(project));
    }

    /** What the first rows would do if the columns were these. */
    public List<Expected> preview(UUID id, List<String> columns, Optional<Figures.Decimal> decimal) {
        return rehearsal.execute(status -> {
            status.setRollbackOnly();
            var from = imports.find(id).orElseThrow(() -> Refusal.notFound("contact_import"));
            var rows = imports.rows(id, 0, PREVIEWED);
            var known = columns(from, columns, decimal, fields.of(from.project));
            var planned = enterRows.plan(from, known, projects.orOnly(Optional.of(from.project)).country(), rows, now());
            var expected = new ArrayList<Expected>();
            for (int i = 0; i < rows.size(); i++) {
                var result = planned.results().get(i);
                var isNew = result.outcome() == ContactImports.Outcome.CREATED;
                expected.add(new Expected(result.number(), rows.get(i).cells(), result.outcome().name().toLowerCase(Locale.ROOT),
                        result.contact().filter(_ -> !isNew).map(ContactId::value), result.why().flatMap(why -> Optional.ofNullable(why.field())),
                        result.why().map(ContactImports.Why::code), result.why().map(ContactImports.Why::reason),
                        result.changes().orElse(List.of())));
            }
            return expected;
        });
    }

    /** The columns are these, and it begins. */
    @Transactional
    public void start(UUID id, List<String> columns, Optional<Figures.Decimal> decimal) {
        var from = find(id);
        columns(from, columns, decimal, fields.of(from.project));
        from.start(columns, decimal);
        imports.by(id, Cause.current());
        imports.save(from, now());
    }

    /** It does not go on; what was entered stays. */
    @Transactional
    public void cancel(UUID id) {
        var from = find(id);
        from.cancel();
        imports.save(from, now());
    }

    /** What it entered is taken back where nobody has touched it since. */
    @Transactional
    public void undo(UUID id) {
        var from = find(id);
        from.undo();
        imports.by(id, Cause.current());
        imports.save(from, now());
    }

    /** Across tenants: what nobody works on but perhaps this program, which is called so. */
    public List<Work> due(UUID runner, int limit) {
        return imports.due(runner, limit).stream().map(due -> new Work(due.tenant(), due.id())).toList();
    }

    /** Does one step; false when another program does. A row that breaks a step is refused, and the others go on. */
    public boolean step(UUID id, UUID runner) {
        var mine = transaction.execute(_ -> imports.lease(id, runner, LEASE));
        if (!Boolean.TRUE.equals(mine)) return false;
        var cause = transaction.execute(_ -> imports.cause(id));
        Lane.BULK.run(() -> cause.run(() -> {
            try {
                transaction.executeWithoutResult(_ -> step(id, STEP));
            } catch (RuntimeException odd) {
                if (isOutage(odd)) throw odd;
                log.warn("Rows of import {} break their step and are entered one by one", id, odd);
                oneByOne(id, odd);
            }
        }));
        return true;
    }

    /** Another program may go on at once. */
    @Transactional
    public void release(UUID id, UUID runner) {
        imports.release(id, runner);
    }

    /** Across tenants: imports whose rows nobody should see any longer. */
    public List<Work> aged() {
        return imports.aged(now().minus(KEPT), STEP).stream().map(due -> new Work(due.tenant(), due.id())).toList();
    }

    /** Deletes rows of an old import; false when none are left. */
    @Transactional
    public boolean forget(UUID id) {
        return imports.forget(id, FORGOTTEN_AT_ONCE);
    }

    private void step(UUID id, int rows) {
        // Before any contact's row, as in all other work on identities; what was waited for is seen.
        var project = imports.find(id).map(found -> found.project);
        project.ifPresent(known -> contacts.lock(List.of(known)));
        imports.findForUpdate(id).ifPresent(from -> {
            switch (from.state()) {
                case RUNNING -> enter(from, rows);
                case UNDOING -> takeBack(from, rows);
                default -> {} // somebody cancelled it meanwhile
            }
        });
    }

    private void enter(ContactImport from, int most) {
        var now = now();
        ImportColumns columns;
        try {
            columns = columns(from, from.columns(), from.decimal(), fields.held(from.project));
        } catch (Refusal fieldIsGone) {
            from.cancel();
            imports.save(from, now);
            return;
        }
        var rows = imports.rows(from.id, from.position(), most);
        var planned = enterRows.plan(from, columns, region(from), rows, now);
        enterRows.write(planned, from, now);
        var counts = new int[ContactImports.Outcome.values().length];
        planned.results().forEach(result -> counts[result.outcome().ordinal()]++);
        from.entered(rows.getLast().number(), new ContactImport.Entered(counts[0], counts[1], counts[2], counts[3]));
        imports.save(from, now);
    }

    private void takeBack(ContactImport from, int most) {
        int first = Math.max(1, from.position() - most + 1);
        var now = now();
        var taken = takeBackRows.handle(from, imports.changed(from.id, from.position(), first), region(from), now);
        from.takenBack(first, taken);
        imports.save(from, now);
    }

    /** Something in these rows breaks them; whichever it is, is refused, so that the import ends. */
    private void oneByOne(UUID id, RuntimeException odd) {
        for (int i = 0; i < STEP; i++) {
            try {
                transaction.executeWithoutResult(_ -> step(id, 1));
            } catch (RuntimeException broken) {
                if (isOutage(broken)) throw broken;
                transaction.executeWithoutResult(_ -> refuse(id, odd));
                return;
            }
        }
    }

    /** Has nothing to do with the rows. */
    private static boolean isOutage(RuntimeException failed) {
        return failed instanceof TransientDataAccessException || failed instanceof RecoverableDataAccessException
                || failed instanceof NonTransientDataAccessResourceException || failed instanceof TransactionException;
    }

    private void refuse(UUID id, RuntimeException odd) {
        var from = imports.findForUpdate(id).orElseThrow();
        if (from.state() != ContactImport.State.RUNNING) throw odd;
        var row = imports.rows(id, from.position(), 1).getFirst();
        imports.results(id, List.of(new ContactImports.Result(row.number(), ContactImports.Outcome.REFUSED,
                Optional.of(new ContactImports.Why(null, "row_failed", "This row could not be entered.")), Optional.empty(),
                Optional.empty(), Optional.empty())));
        from.entered(row.number(), new ContactImport.Entered(0, 0, 0, 1));
        imports.save(from, now());
    }

    private ImportColumns columns(ContactImport from, List<String> columns, Optional<Figures.Decimal> decimal, List<CustomField> known) {
        return ImportColumns.typed(columns, imports.columnCount(from.id), known, decimal,
                projects.orOnly(Optional.of(from.project)).zone());
    }

    private String region(ContactImport from) {
        return projects.orOnly(Optional.of(from.project)).country();
    }

    private ContactImport find(UUID id) {
        return imports.findForUpdate(id).orElseThrow(() -> Refusal.notFound("contact_import"));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
