package com.ventros.crm.operations.web;

import com.ventros.crm.accounts.Operators;
import com.ventros.crm.events.FailureFilter;
import com.ventros.crm.events.HandleFailures;
import com.ventros.crm.events.HandleFailures.Handled;
import com.ventros.crm.events.Rehearsal;
import com.ventros.crm.events.Topology;
import com.ventros.crm.http.IfMatch;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Principal;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.Codes;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.kernel.Text;
import com.ventros.crm.operations.FailuresView;
import com.ventros.crm.operations.FailuresView.Whole;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * What was given up, and what people do with it. With {@code scope=installation} those who run the installation see what
 * belongs to nobody and to other tenants too.
 */
@RestController
@RequestMapping("/api/v1/operations/failures")
class FailureController {

    /** Whose failures, beside those of the caller's tenant. */
    private enum Scope { INSTALLATION }

    /** What became of a failure. */
    private enum State { OPEN, RETRIED, RESOLVED, DISCARDED }

    /** Query parameters that say which; all are optional. */
    record Query(String scope, String consumer, String source, String type, String code, String cause, String state,
            Instant from, Instant to) {}

    /** Which open failures to handle: {@code all} of them, or those of a group. */
    record Which(String scope, Boolean all, @Size(max = 200) String source, @Size(max = 200) String type,
            @Size(max = 200) String code, @Size(max = 300) String cause, Instant from, Instant to) {}

    record Reason(@NotBlank @Size(max = 500) String reason) {}

    record Discard(@NotNull @Valid Which which, @NotBlank @Size(max = 500) String reason) {}

    record Data(@NotNull JsonNode data) {}

    private final FailuresView view;
    private final HandleFailures handle;
    private final Operators operators;

    FailureController(FailuresView view, HandleFailures handle, Operators operators) {
        this.view = view;
        this.handle = handle;
        this.operators = operators;
    }

    /** Lists what was given up, the last first. */
    @GetMapping
    @Requires(Permission.OPERATIONS_READ)
    Page<FailuresView.Line> list(Principal principal, Query query, Paging paging) {
        return view.list(filter(principal, query), paging);
    }

    /** Counts the failures of each cause. */
    @GetMapping("/groups")
    @Requires(Permission.OPERATIONS_READ)
    Page<FailuresView.Group> groups(Principal principal, Query query) {
        return Page.whole(view.groups(filter(principal, query)));
    }

    /** Shows all that is known of a failure. */
    @GetMapping("/{id}")
    @Requires(Permission.OPERATIONS_READ)
    ResponseEntity<Whole> one(Principal principal, @PathVariable UUID id, @RequestParam(required = false) String scope) {
        return shown(principal, id, scope);
    }

    /** Tries a failure's consumer out, and takes back what it did. */
    @PostMapping("/{id}/dry-run")
    @Requires(Permission.OPERATIONS_WRITE)
    Rehearsal dryRun(Principal principal, @PathVariable UUID id, @RequestParam(required = false) String scope) {
        return handle.dryRun(tenant(principal, scope), id);
    }

    /** Repeats a failure. */
    @PostMapping("/{id}/retry")
    @Requires(Permission.OPERATIONS_WRITE)
    ResponseEntity<Whole> retry(Principal principal, @PathVariable UUID id, @RequestParam(required = false) String scope) {
        handle.retry(tenant(principal, scope), id);
        return shown(principal, id, scope);
    }

    /** Discards a failure, for a reason. */
    @PostMapping("/{id}/discard")
    @Requires(Permission.OPERATIONS_WRITE)
    ResponseEntity<Whole> discard(Principal principal, @PathVariable UUID id, @RequestParam(required = false) String scope,
            @Valid @RequestBody Reason body) {
        handle.discard(tenant(principal, scope), id, visible(body.reason()));
        return shown(principal, id, scope);
    }

    /** Changes the data of a failure's event before it is repeated; the original is kept. */
    @PutMapping("/{id}/data")
    @Requires(Permission.OPERATIONS_WRITE)
    ResponseEntity<Whole> edit(Principal principal, @PathVariable UUID id, @RequestParam(required = false) String scope,
            IfMatch seen, @Valid @RequestBody Data body) {
        handle.edit(tenant(principal, scope), id, seen.version(), body.data());
        return shown(principal, id, scope);
    }

    /** Repeats many failures. */
    @PostMapping("/retry")
    @Requires(Permission.OPERATIONS_WRITE)
    Handled retryAll(Principal principal, @Valid @RequestBody Which which) {
        return handle.retryAll(filter(principal, which));
    }

    /** Discards many failures, for a reason. */
    @PostMapping("/discard")
    @Requires(Permission.OPERATIONS_WRITE)
    Handled discardAll(Principal principal, @Valid @RequestBody Discard body) {
        return handle.discardAll(filter(principal, body.which()), visible(body.reason()));
    }

    private static String visible(String reason) {
        if (Text.isInvisible(reason)) throw Refusal.invalid("reason", "required", "Say why.");
        return reason;
    }

    private ResponseEntity<Whole> shown(Principal principal, UUID id, String scope) {
        var whole = view.one(FailureFilter.one(tenant(principal, scope), id));
        return IfMatch.ok(whole.failure().version(), whole);
    }

    private FailureFilter filter(Principal principal, Query query) {
        var source = query.consumer() == null ? query.source() : Topology.CONSUMER_PREFIX + query.consumer();
        return new FailureFilter(tenant(principal, query.scope()), Optional.empty(), Optional.ofNullable(source),
                Optional.ofNullable(query.type()), Optional.ofNullable(query.code()), Optional.ofNullable(query.cause()),
                Optional.ofNullable(query.state()).map(state -> Codes.of(Codes.read("state", state, State.values()))), Optional.ofNullable(query.from()), Optional.ofNullable(query.to()));
    }

    /** Everything at once is done only by who says so. */
    private FailureFilter filter(Principal principal, Which which) {
        var filter = filter(principal, new Query(which.scope(), null, which.source(), which.type(), which.code(),
                which.cause(), null, which.from(), which.to()));
        boolean some = filter.source().isPresent() || filter.type().isPresent() || filter.code().isPresent()
                || filter.cause().isPresent() || filter.from().isPresent() || filter.to().isPresent();
        if (!some && !Boolean.TRUE.equals(which.all())) throw Refusal.invalid("all", "required", "Say which failures, or all: true.");
        return filter;
    }

    /** Whose failures the caller may reach: those of the caller's tenant, or all there are. */
    private Optional<TenantId> tenant(Principal principal, String scope) {
        if (scope == null) return Optional.of(principal.tenant());
        Codes.read("scope", scope, Scope.INSTALLATION);
        operators.mustRunInstallation(principal.tenant());
        return Optional.empty();
    }
}
