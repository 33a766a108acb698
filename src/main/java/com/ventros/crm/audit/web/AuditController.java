package com.ventros.crm.audit.web;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.ventros.crm.audit.AuditEntry;
import com.ventros.crm.audit.AuditLog;
import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.Malformed;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who did what, and whether the record is whole. */
@RestController
@RequestMapping("/api/v1/audit")
class AuditController {

    record Who(String kind, String id) {}

    /** @param data what exactly; of contacts only which fields */
    record Shown(long position, UUID eventId, String type, int version, String aggregateType, UUID aggregateId,
            Instant occurredAt, Instant recordedAt, Who actor, UUID correlationId, @JsonRawValue String data, String hash) {

        static Shown of(AuditLog.Kept kept) {
            AuditEntry entry = kept.entry();
            return new Shown(entry.position(), entry.eventId(), entry.type(), entry.version(), entry.aggregateType(),
                    entry.aggregateId(), entry.occurredAt(), entry.recordedAt(),
                    new Who(entry.actorKind().name().toLowerCase(Locale.ROOT), entry.actorId()), entry.correlationId(),
                    entry.data(), kept.hashText());
        }
    }

    record Broken(long position, String reason) {}

    /** @param broken null when nothing is; {@code nextAfter} is null when all was checked */
    record Verified(boolean intact, long checked, long upTo, String hash, Long nextAfter, @Nullable Broken broken) {}

    private final AuditLog log;

    AuditController(AuditLog log) {
        this.log = log;
    }

    /** Lists what people and keys did, the last first. */
    @Requires(Permission.AUDIT_READ)
    @GetMapping
    Page<Shown> list(@RequestParam Optional<String> actor, @RequestParam Optional<String> type,
            @RequestParam Optional<String> aggregateType, @RequestParam Optional<UUID> aggregateId,
            @RequestParam Optional<Instant> from, @RequestParam Optional<Instant> to, Paging paging) {
        var filter = new AuditLog.Filter(actor, type, aggregateType, aggregateId, from, to);
        var page = Page.of(log.find(filter, paging), paging, kept -> Cursor.after(kept.entry().position()));
        return new Page<>(page.items().stream().map(Shown::of).toList(), page.nextCursor());
    }

    /** Checks the chain from the beginning, or after a position that an earlier answer reached. */
    @Requires(Permission.AUDIT_READ)
    @GetMapping("/verify")
    Verified verify(@RequestParam(defaultValue = "0") long after) {
        if (after < 0) throw new Malformed("parameter_range", "A position is 0 or more.");
        var check = log.check(after);
        return new Verified(check.broken().isEmpty(), check.checked(), check.upTo(), check.hash(),
                check.complete() ? null : check.upTo(),
                check.broken().map(at -> new Broken(at.position(), at.reason().name().toLowerCase(Locale.ROOT))).orElse(null));
    }
}
