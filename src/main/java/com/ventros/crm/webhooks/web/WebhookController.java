package com.ventros.crm.webhooks.web;

import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.IfMatch;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import com.ventros.crm.webhooks.Endpoints;
import com.ventros.crm.webhooks.Endpoints.Endpoint;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Endpoints that hear what happens. */
@RestController
@RequestMapping("/api/v1/webhooks")
class WebhookController {

    record NewEndpoint(@NotNull @Size(max = 500) String url, @NotNull @Size(max = 100) List<@NotNull String> eventTypes) {}

    record Change(@Size(max = 500) String url, @Size(max = 100) List<@NotNull String> eventTypes, Boolean active) {}

    record CreatedOnce(UUID id, String url, List<String> eventTypes, boolean active, Instant createdAt, long version,
            String secret) {
        @Override
        public String toString() {
            return "CreatedOnce[" + id + "]";
        }
    }

    private final Endpoints endpoints;

    WebhookController(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    /** Lists the endpoints, the newest first. */
    @Requires(Permission.WEBHOOK_READ)
    @GetMapping
    Page<Endpoint> list(Paging paging) {
        return Page.of(endpoints.list(paging), paging, endpoint -> Cursor.after(endpoint.id()));
    }

    /** Shows an endpoint. */
    @Requires(Permission.WEBHOOK_READ)
    @GetMapping("/{id}")
    ResponseEntity<Endpoint> get(@PathVariable UUID id) {
        return answer(endpoints.get(id));
    }

    /** Adds an endpoint. The secret is in this answer and in no other. */
    @Requires(Permission.WEBHOOK_WRITE)
    @PostMapping
    ResponseEntity<CreatedOnce> create(@Valid @RequestBody NewEndpoint body) {
        var created = endpoints.create(body.url(), body.eventTypes());
        var endpoint = created.endpoint();
        return ResponseEntity.created(URI.create("/api/v1/webhooks/" + endpoint.id())).eTag(IfMatch.etag(endpoint.version()))
                .body(new CreatedOnce(endpoint.id(), endpoint.url(), endpoint.eventTypes(), endpoint.active(),
                        endpoint.createdAt(), endpoint.version(), created.secret()));
    }

    /** Changes an endpoint. */
    @Requires(Permission.WEBHOOK_WRITE)
    @PatchMapping("/{id}")
    ResponseEntity<Endpoint> change(@PathVariable UUID id, IfMatch ifMatch, @Valid @RequestBody Change body) {
        return answer(endpoints.update(id, Optional.ofNullable(body.url()), Optional.ofNullable(body.eventTypes()),
                Optional.ofNullable(body.active()), ifMatch::mustBe));
    }

    /** Deletes an endpoint. */
    @Requires(Permission.WEBHOOK_WRITE)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id) {
        endpoints.delete(id);
    }

    private static ResponseEntity<Endpoint> answer(Endpoint endpoint) {
        return IfMatch.ok(endpoint.version(), endpoint);
    }
}
