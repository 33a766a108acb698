package com.ventros.crm.http;

import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.tenancy.Patience;
import com.ventros.crm.tenancy.Tenancy;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Routes that exist in tests only, one for each thing that the door does for every controller. */
@RestController
@RequestMapping("/api/v1/probe")
class ProbeController {

    record Thing(@NotBlank @Size(max = 200) String name, Integer count, Instant at) {}

    private final JdbcClient db;
    private final JdbcClient system;
    private final TransactionTemplate transaction;

    ProbeController(JdbcClient db, @Qualifier("system") JdbcClient system, TransactionTemplate transaction) {
        this.db = db;
        this.system = system;
        this.transaction = transaction;
    }

    @Requires(Permission.INBOX_READ)
    @GetMapping("/who")
    Map<String, String> who(Principal principal) {
        return Map.of("name", principal.name(), "tenant", Tenancy.current().toString(),
                "correlation", Cause.current().correlationId().toString(),
                "actor", Cause.current().actor().id());
    }

    @Requires(Permission.INBOX_READ)
    @GetMapping("/pages")
    Page<Integer> pages(Paging paging) {
        var from = paging.after().map(cursor -> cursor.number(0)).orElse(0L).intValue();
        var rows = java.util.stream.IntStream.rangeClosed(from + 1, Math.min(from + paging.fetch(), 120)).boxed();
        return Page.of(rows.toList(), paging, Cursor::after);
    }

    @Requires(Permission.INBOX_READ)
    @GetMapping("/things/{id}")
    Map<String, UUID> thing(@PathVariable UUID id) {
        return Map.of("id", id);
    }

    @Requires(Permission.INBOX_READ)
    @PatchMapping("/things")
    ResponseEntity<Thing> change(IfMatch seen, @Valid @RequestBody Thing thing) {
        seen.mustBe(3);
        return IfMatch.ok(4, thing);
    }

    @Requires(Permission.INBOX_READ)
    @GetMapping("/broken")
    List<String> broken() {
        throw new IllegalStateException("the password is 123456");
    }

    @Requires(Permission.INBOX_READ)
    @GetMapping("/unstorable")
    int unstorable() {
        return db.sql("select :text").param("text", "a\0b").query(String.class).single().length();
    }

    /** How long a statement may take here. */
    @Requires(Permission.INBOX_READ)
    @GetMapping("/patience")
    Map<String, String> patience() {
        return Map.of("statement", transaction.execute(_ -> db.sql("show statement_timeout").query(String.class).single()),
                "lock", system.sql("show lock_timeout").query(String.class).single());
    }

    @Requires(Permission.INBOX_READ)
    @GetMapping("/slow")
    void slow() {
        Patience.call(Duration.ofSeconds(1), () -> transaction.execute(_ -> db.sql("select 1 from pg_sleep(10000)").query().listOfRows()));
    }

    @Requires(Permission.INBOX_READ)
    @GetMapping("/cut")
    List<Boolean> cut() {
        return db.sql("select pg_terminate_backend(pg_backend_pid())").query(Boolean.class).list();
    }

    @Requires(Permission.INBOX_READ)
    @GetMapping("/refused/{kind}")
    void refused(@PathVariable Refusal.Kind kind) {
        throw new Refusal(kind, "probe_refused", "As asked.");
    }

    @GetMapping("/undeclared")
    String undeclared() {
        return "nobody sees this";
    }
}
