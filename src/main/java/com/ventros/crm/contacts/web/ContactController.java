package com.ventros.crm.contacts.web;

import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.contacts.ContactView;
import com.ventros.crm.contacts.RenameContact;
import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.IfMatch;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.Refusal;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** People who talk to us. */
@RestController
@RequestMapping("/api/v1/contacts")
class ContactController {

    /** Longer than any name. */
    private static final int MAX_SEARCH = 200;

    record Change(@NotNull @Size(max = 200) String name) {}

    private final ContactView view;
    private final RenameContact renameContact;

    ContactController(ContactView view, RenameContact renameContact) {
        this.view = view;
        this.renameContact = renameContact;
    }

    @Requires(Permission.CONTACT_READ)
    @GetMapping
    Page<ContactView.Shown> list(@RequestParam Optional<String> q, Paging paging) {
        if (q.filter(text -> text.length() > MAX_SEARCH).isPresent()) {
            throw Refusal.invalid("q", "length", "A search has at most " + MAX_SEARCH + " characters.");
        }
        return Page.of(view.list(q, paging), paging, contact -> Cursor.after(contact.createdAt(), contact.id()));
    }

    @Requires(Permission.CONTACT_READ)
    @GetMapping("/{id}")
    ResponseEntity<ContactView.Shown> get(@PathVariable UUID id) {
        var contact = find(id);
        return IfMatch.ok(contact.version(), contact);
    }

    @Requires(Permission.CONTACT_WRITE)
    @PatchMapping("/{id}")
    ResponseEntity<ContactView.Shown> change(@PathVariable UUID id, IfMatch seen, @Valid @RequestBody Change change) {
        renameContact.handle(new RenameContact.Command(new ContactId(id), change.name(), seen.version()));
        return get(id);
    }

    @Requires(Permission.CONTACT_READ)
    @GetMapping("/{id}/timeline")
    Page<ContactView.Entry> timeline(@PathVariable UUID id, Paging paging) {
        return Page.of(view.timeline(find(id).id(), paging), paging, entry -> Cursor.after(entry.at(), entry.id()));
    }

    private ContactView.Shown find(UUID id) {
        return view.find(new ContactId(id)).orElseThrow(() -> Refusal.notFound("contact"));
    }
}
