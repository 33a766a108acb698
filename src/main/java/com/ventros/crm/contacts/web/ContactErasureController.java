package com.ventros.crm.contacts.web;

import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.contacts.EraseContact;
import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.Refusal;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What people may ask for by law: to see all that is kept of them, and that it is no longer kept. */
@RestController
@RequestMapping("/api/v1")
class ContactErasureController {

    /** The contact that is to be forgotten. */
    record Forgotten(UUID contactId) {}

    private final EraseContact erasures;

    ContactErasureController(EraseContact erasures) {
        this.erasures = erasures;
    }

    /** Gives out everything that is kept of one person, row by row; files by the ids under which they are given out. */
    @Requires(Permission.CONTACT_EXPORT)
    @GetMapping("/contacts/{id}/personal-data")
    ResponseEntity<EraseContact.Everything> show(@PathVariable UUID id) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore())
                .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename("personal-data.json").build().toString())
                .body(erasures.show(new ContactId(id)));
    }

    /**
     * Erases a person: contact, conversations, files, and their words in the log of events. It cannot be taken back; a message from the
     * same number is a new contact's.
     */
    @Requires(Permission.CONTACT_ERASE)
    @PostMapping("/contact-erasures")
    ResponseEntity<EraseContact.Erasure> erase(@RequestBody Forgotten request) {
        if (request.contactId() == null) throw Refusal.invalid("contactId", "required", "Say who is to be forgotten.");
        var erasure = erasures.handle(new ContactId(request.contactId()));
        return ResponseEntity.created(URI.create("/api/v1/contact-erasures/" + erasure.id())).body(erasure);
    }

    /** Lists who was erased and what was removed, the newest first. */
    @Requires(Permission.CONTACT_ERASE)
    @GetMapping("/contact-erasures")
    Page<EraseContact.Erasure> list(Paging paging) {
        return Page.of(erasures.list(paging), paging, one -> Cursor.after(one.erasedAt(), one.id()));
    }

    /** Shows what an erasure removed. */
    @Requires(Permission.CONTACT_ERASE)
    @GetMapping("/contact-erasures/{id}")
    EraseContact.Erasure get(@PathVariable UUID id) {
        return erasures.find(id).orElseThrow(() -> Refusal.notFound("contact_erasure"));
    }
}
