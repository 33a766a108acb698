package com.ventros.crm.contacts.web;

import com.ventros.crm.contacts.DefineCustomFields;
import com.ventros.crm.http.IfMatch;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.ProjectId;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a project wants to know of its contacts. */
@RestController
@RequestMapping("/api/v1/contact-fields")
class CustomFieldController {

    /** A field to define. {@code projectId} may be left out by a tenant with one project. */
    record NewField(UUID projectId, String key, String label, String type, List<String> options, String currency,
            Boolean required) {}

    /** What to change; what is missing stays. */
    record Change(String label, List<String> options, Boolean required, Boolean archived) {}

    private final DefineCustomFields fields;

    CustomFieldController(DefineCustomFields fields) {
        this.fields = fields;
    }

    /** Lists what a project wants to know of its contacts. */
    @Requires(Permission.CONTACT_READ)
    @GetMapping
    Page<DefineCustomFields.Shown> list(@RequestParam Optional<UUID> projectId) {
        return Page.whole(fields.list(projectId.map(ProjectId::new)));
    }

    /** Defines a field. */
    @Requires(Permission.CONTACT_WRITE)
    @PostMapping
    ResponseEntity<DefineCustomFields.Shown> define(@RequestBody NewField request) {
        var made = fields.define(new DefineCustomFields.New(Optional.ofNullable(request.projectId()).map(ProjectId::new),
                request.key(), request.label(), request.type(),
                request.options() == null ? List.of() : request.options(), Optional.ofNullable(request.currency()),
                Boolean.TRUE.equals(request.required())));
        return ResponseEntity.created(URI.create("/api/v1/contact-fields")).eTag(IfMatch.etag(made.version())).body(made);
    }

    /** Changes a field; its type and key stay. */
    @Requires(Permission.CONTACT_WRITE)
    @PatchMapping("/{id}")
    ResponseEntity<DefineCustomFields.Shown> change(@PathVariable UUID id, IfMatch seen, @RequestBody Change request) {
        var changed = fields.change(new DefineCustomFields.Change(id, Optional.ofNullable(request.label()),
                Optional.ofNullable(request.options()), Optional.ofNullable(request.required()),
                Optional.ofNullable(request.archived())), seen::mustBe);
        return IfMatch.ok(changed.version(), changed);
    }
}
