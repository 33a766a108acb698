package com.ventros.crm.accounts.web;

import com.ventros.crm.accounts.ApiKeys;
import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Principal;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.Refusal;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Keys for programs. */
@RestController
@RequestMapping("/api/v1/api-keys")
class ApiKeyController {

    record NewApiKey(@NotBlank @Size(max = 200) String name, @NotNull @Size(max = 50) List<@NotNull String> scopes,
            Instant expiresAt) {}

    /** @param createdBy the user, or key, that made it */
    record Shown(UUID id, String name, String prefix, List<String> scopes, UUID createdBy, Instant createdAt,
            @Nullable Instant expiresAt, @Nullable Instant lastUsedAt) {
        static Shown of(ApiKeys.ApiKey key) {
            return new Shown(key.id(), key.name(), key.prefix(), codes(key), key.createdBy(), key.createdAt(),
                    key.expiresAt().orElse(null), key.lastUsedAt().orElse(null));
        }
    }

    record CreatedOnce(UUID id, String name, String key, String prefix, List<String> scopes, Instant createdAt,
            @Nullable Instant expiresAt) {
        @Override
        public String toString() {
            return "CreatedOnce[" + id + "]";
        }
    }

    private final ApiKeys keys;

    ApiKeyController(ApiKeys keys) {
        this.keys = keys;
    }

    /** Lists the keys, the newest first. */
    @Requires(Permission.API_KEY_MANAGE)
    @GetMapping
    Page<Shown> list(Paging paging) {
        var page = Page.of(keys.list(paging), paging, key -> Cursor.after(key.id()));
        return new Page<>(page.items().stream().map(Shown::of).toList(), page.nextCursor());
    }

    /** Makes a key. Its text is in this answer and in no other. */
    @Requires(Permission.API_KEY_MANAGE)
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    CreatedOnce create(Principal principal, @Valid @RequestBody NewApiKey body) {
        var scopes = body.scopes().stream().map(code -> Permission.of(code).orElseThrow(() ->
                Refusal.invalid("scopes", "unknown", "There is no such scope."))).collect(Collectors.toSet());
        var created = keys.create(principal, body.name(), scopes, Optional.ofNullable(body.expiresAt()));
        var key = created.key();
        return new CreatedOnce(key.id(), key.name(), created.text(), key.prefix(), codes(key), key.createdAt(),
                key.expiresAt().orElse(null));
    }

    /** Revokes a key; it opens nothing from now on. */
    @Requires(Permission.API_KEY_MANAGE)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(Principal principal, @PathVariable UUID id) {
        keys.revoke(principal, id);
    }

    private static List<String> codes(ApiKeys.ApiKey key) {
        return key.scopes().stream().map(Permission::code).sorted().toList();
    }
}
