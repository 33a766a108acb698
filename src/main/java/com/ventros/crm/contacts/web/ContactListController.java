package com.ventros.crm.contacts.web;

import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.contacts.ContactListView;
import com.ventros.crm.contacts.KeepContactLists;
import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.IfMatch;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import java.net.URI;
import java.util.List;
import java.util.Objects;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Contacts under one name: those whom people put there, or those who meet a filter. */
@RestController
@RequestMapping("/api/v1/contact-lists")
class ContactListController {

    /** A list to make; without {@code filter} people fill it. */
    record NewList(UUID projectId, String name, JsonNode filter) {}

    /** What to change; what is missing stays. */
    record Change(String name, JsonNode filter) {}

    record Chosen(List<UUID> contactIds) {}

    private final ContactListView view;
    private final KeepContactLists lists;

    ContactListController(ContactListView view, KeepContactLists lists) {
        this.view = view;
        this.lists = lists;
    }

    /** Lists the lists of a project, in the order of their names. */
    @Requires(Permission.CONTACT_READ)
    @GetMapping
    Page<ContactListView.Shown> list(@RequestParam Optional<UUID> projectId) {
        return Page.whole(view.of(projectId.map(ProjectId::new)));
    }

    /** Makes a list: with a filter one that follows it, without one that people fill. */
    @Requires(Permission.CONTACT_WRITE)
    @PostMapping
    ResponseEntity<ContactListView.Shown> make(@RequestBody NewList request) {
        var id = lists.make(new KeepContactLists.New(Optional.ofNullable(request.projectId()).map(ProjectId::new),
                request.name(), given(request.filter())));
        var made = find(id);
        return ResponseEntity.created(URI.create("/api/v1/contact-lists/" + id)).eTag(IfMatch.etag(made.version())).body(made);
    }

    /** Shows one list with the number of its contacts. */
    @Requires(Permission.CONTACT_READ)
    @GetMapping("/{id}")
    ResponseEntity<ContactListView.Shown> get(@PathVariable UUID id) {
        var list = find(id);
        return IfMatch.ok(list.version(), list);
    }

    /** Changes the name, or the filter of a list that has one. */
    @Requires(Permission.CONTACT_WRITE)
    @PatchMapping("/{id}")
    ResponseEntity<ContactListView.Shown> change(@PathVariable UUID id, IfMatch seen, @RequestBody Change request) {
        lists.change(new KeepContactLists.Change(id, Optional.ofNullable(request.name()), given(request.filter())), seen::mustBe);
        return get(id);
    }

    /** Deletes a list; its contacts stay. */
    @Requires(Permission.CONTACT_WRITE)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id) {
        lists.delete(id);
    }

    /** Lists who is on a list. */
    @Requires(Permission.CONTACT_READ)
    @GetMapping("/{id}/contacts")
    Page<ContactListView.Member> members(@PathVariable UUID id, Paging paging) {
        return Page.of(view.members(find(id).id(), paging), paging, member -> Cursor.after(member.contact().id()));
    }

    /** Puts contacts on a list that people fill. */
    @Requires(Permission.CONTACT_WRITE)
    @PostMapping("/{id}/contacts")
    ResponseEntity<ContactListView.Shown> put(@PathVariable UUID id, @RequestBody Chosen request) {
        var chosen = request.contactIds();
        if (chosen == null || chosen.stream().anyMatch(Objects::isNull)) {
            throw Refusal.invalid("contactIds", "required", "Say which contacts.");
        }
        lists.put(id, chosen);
        return get(id);
    }

    /** Takes a contact off a list that people fill. */
    @Requires(Permission.CONTACT_WRITE)
    @DeleteMapping("/{id}/contacts/{contactId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void take(@PathVariable UUID id, @PathVariable UUID contactId) {
        lists.take(id, new ContactId(contactId));
    }

    /** Looks at all contacts anew, for whoever wants to be sure. */
    @Requires(Permission.CONTACT_WRITE)
    @PostMapping("/{id}/recount")
    ResponseEntity<ContactListView.Shown> recount(@PathVariable UUID id) {
        lists.count(find(id).id());
        return get(id);
    }

    private ContactListView.Shown find(UUID id) {
        return view.find(id).orElseThrow(() -> Refusal.notFound("contact_list"));
    }

    private static Optional<JsonNode> given(JsonNode filter) {
        return Optional.ofNullable(filter).filter(json -> !json.isNull());
    }
}
