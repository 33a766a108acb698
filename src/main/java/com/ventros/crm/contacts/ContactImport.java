package com.ventros.crm.contacts;

import com.ventros.crm.contacts.ContactImportEvent.ContactImportCancelled;
import com.ventros.crm.contacts.ContactImportEvent.ContactImportCreated;
import com.ventros.crm.contacts.ContactImportEvent.ContactImportFinished;
import com.ventros.crm.contacts.ContactImportEvent.ContactImportStarted;
import com.ventros.crm.contacts.ContactImportEvent.ContactImportUndoStarted;
import com.ventros.crm.contacts.ContactImportEvent.ContactImportUndone;
import com.ventros.crm.csv.Figures;
import com.ventros.crm.kernel.Aggregate;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A file with contacts, from its arrival until it was entered, or taken back.
 *
 * <pre>
 *  READY ──▶ RUNNING ──▶ DONE ───────▶ UNDOING ──▶ UNDONE
 *    └───────────┴──▶ CANCELLED ──────────▲
 * </pre>
 */
final class ContactImport extends Aggregate<ContactImportEvent> {

    /** Where it is on its way. */
    enum State { READY, RUNNING, DONE, CANCELLED, UNDOING, UNDONE }

    /** What became of the rows so far. */
    record Entered(int created, int updated, int unchanged, int refused) {

        static final Entered NONE = new Entered(0, 0, 0, 0);

        Entered and(Entered more) {
            return new Entered(created + more.created, updated + more.updated, unchanged + more.unchanged, refused + more.refused);
        }

        int rows() {
            return created + updated + unchanged + refused;
        }
    }

    /** What became of the rows that were taken back so far. */
    record TakenBack(int deleted, int restored, int left) {

        static final TakenBack NONE = new TakenBack(0, 0, 0);

        TakenBack and(TakenBack more) {
            return new TakenBack(deleted + more.deleted, restored + more.restored, left + more.left);
        }
    }

    final UUID id;
    final ProjectId project;
    final int total;
    private State state;
    private List<String> columns;
    private Optional<Figures.Decimal> decimal;
    private int position;
    private Entered entered;
    private TakenBack takenBack;
    private final boolean rowsKept;
    /** Version of the row as it was read; 0 for an import that has none yet. */
    final long storedVersion;

    ContactImport(UUID id, ProjectId project, int total, State state, List<String> columns, Optional<Figures.Decimal> decimal, int position,
            Entered entered, TakenBack takenBack, boolean rowsKept, long storedVersion) {
        this.id = id;
        this.project = project;
        this.total = total;
        this.state = state;
        this.columns = columns;
        this.decimal = decimal;
        this.position = position;
        this.entered = entered;
        this.takenBack = takenBack;
        this.rowsKept = rowsKept;
        this.storedVersion = storedVersion;
    }

    /** A file was handed in and can be read. */
    static ContactImport handedIn(UUID id, ProjectId project, int rows) {
        var made = new ContactImport(id, project, rows, State.READY, List.of(), Optional.empty(), 0, Entered.NONE, TakenBack.NONE, true, 0);
        made.raise(new ContactImportCreated(id, rows));
        return made;
    }

    /** Somebody says what the columns are, perhaps which sign stands before the parts of numbers, and that it may begin. */
    void start(List<String> meant, Optional<Figures.Decimal> sign) {
        if (state != State.READY) throw Refusal.conflict("import_started", "This import was started or cancelled already.");
        if (!rowsKept) throw tooOld();
        columns = List.copyOf(meant);
        decimal = sign;
        state = State.RUNNING;
        raise(new ContactImportStarted(id, total, columns));
    }

    /** The next rows were entered, up to this one. */
    void entered(int last, Entered more) {
        position = last;
        entered = entered.and(more);
        if (position < total) return;
        state = State.DONE;
        raise(new ContactImportFinished(id, entered.created(), entered.updated(), entered.unchanged(), entered.refused()));
    }

    /** It will not go on; what was entered stays until somebody takes it back. */
    void cancel() {
        if (state != State.READY && state != State.RUNNING) {
            throw Refusal.conflict("import_over", "This import is over; it can be undone.");
        }
        state = State.CANCELLED;
        raise(new ContactImportCancelled(id, entered.created(), entered.updated(), entered.unchanged(), entered.refused()));
    }

    /** Somebody wants back what was before. */
    void undo() {
        if (state == State.READY || state == State.RUNNING) {
            throw Refusal.conflict("import_not_over", "Cancel this import first, or wait until it is done.");
        }
        if (state != State.DONE && state != State.CANCELLED) {
            throw Refusal.conflict("import_undone", "This import is being undone, or was.");
        }
        if (!rowsKept) throw tooOld();
        state = State.UNDOING;
        raise(new ContactImportUndoStarted(id));
        if (position == 0) undone();
    }

    /** Rows were taken back, down to this one. */
    void takenBack(int first, TakenBack more) {
        position = first - 1;
        takenBack = takenBack.and(more);
        if (position == 0) undone();
    }

    private void undone() {
        state = State.UNDONE;
        raise(new ContactImportUndone(id, takenBack.deleted(), takenBack.restored(), takenBack.left()));
    }

    private static Refusal tooOld() {
        return Refusal.conflict("import_too_old", "The rows of this import are no longer kept.");
    }

    State state() {
        return state;
    }

    List<String> columns() {
        return columns;
    }

    Optional<Figures.Decimal> decimal() {
        return decimal;
    }

    int position() {
        return position;
    }

    Entered entered() {
        return entered;
    }

    TakenBack takenBack() {
        return takenBack;
    }
}
