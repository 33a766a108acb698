package com.ventros.crm.contacts.web;

import com.ventros.crm.contacts.ChangeIdentities;
import com.ventros.crm.contacts.ContactDuplicates;
import com.ventros.crm.contacts.ContactFilters;
import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.contacts.ContactListView;
import com.ventros.crm.contacts.ContactView;
import com.ventros.crm.contacts.DeleteContact;
import com.ventros.crm.contacts.EditContact;
import com.ventros.crm.contacts.EnterContact;
import com.ventros.crm.contacts.MergeContacts;
import com.ventros.crm.contacts.MergeView;
import com.ventros.crm.contacts.TagContact;
import com.ventros.crm.contacts.TypedIdentities;
import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.IfMatch;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import java.net.URI;
import java.util.HashMap;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * People who talk to us. What a person sees and overwrites needs {@code If-Match}; adding and removing one tag or one
 * address does not, since two people who do so never undo each other's work.
 */
@RestController
@RequestMapping("/api/v1/contacts")
class ContactController {

    /** Longer than any name. */
    private static final int MAX_SEARCH = 200;
    /** More numbers, or addresses, or ids than one person has. */
    private static final int MAX_OF_A_KIND = 10;
    private static final List<String> TIMELINE = List.of("contact", "deal", "note", "session", "call", "tracking");
    private static final String DEFAULT_SORT = "-createdAt";
    private static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    /** Somebody to enter. {@code projectId} may be left out by a tenant with one project. */
    record NewContact(UUID projectId, String name, String language, List<String> phones, List<String> emails,
            List<String> externalIds, List<String> tags, Map<String, JsonNode> fields) {}

    /** What to change; what is missing stays. {@code name: null} takes the name away, {@code language: null} means: not known. */
    record Change(JsonNode name, JsonNode language, Map<String, JsonNode> fields) {}

    /** What is looked for: {@code filter} as docs/reference/contacts-api.md has it, null for all. */
    record Search(UUID projectId, JsonNode filter, String sort, Boolean deleted) {}

    record Question(JsonNode filter) {}

    record Answer(boolean matches) {}

    record NewIdentity(String kind, String value) {}

    /** The contact that is the same person. */
    record Other(UUID contactId) {}

    record NewTags(List<String> tags) {}

    private final ContactView view;
    private final EnterContact enter;
    private final EditContact edit;
    private final DeleteContact delete;
    private final ChangeIdentities identities;
    private final TagContact tag;
    private final ContactDuplicates duplicates;
    private final ContactFilters filters;
    private final MergeContacts merge;
    private final MergeView merges;
    private final ContactListView lists;

    ContactController(ContactView view, EnterContact enter, EditContact edit, DeleteContact delete,
            ChangeIdentities identities, TagContact tag, ContactDuplicates duplicates, ContactFilters filters,
            MergeContacts merge, MergeView merges, ContactListView lists) {
        this.lists = lists;
        this.merge = merge;
        this.merges = merges;
        this.filters = filters;
        this.view = view;
        this.enter = enter;
        this.edit = edit;
        this.delete = delete;
        this.identities = identities;
        this.tag = tag;
        this.duplicates = duplicates;
    }

    /** Lists the contacts, the newest first; {@code q} looks for a part of a name or an address. */
    @Requires(Permission.CONTACT_READ)
    @GetMapping
    Page<ContactView.Shown> list(@RequestParam Optional<String> q, @RequestParam Optional<Boolean> deleted,
            Paging paging) {
        if (q.filter(text -> text.length() > MAX_SEARCH).isPresent()) {
            throw Refusal.invalid("q", "length", "A search has at most " + MAX_SEARCH + " characters.");
        }
        return Page.of(view.list(q, deleted.orElse(false), paging), paging,
                contact -> Cursor.after(contact.createdAt(), contact.id()));
    }

    /** Searches contacts by a filter that is too long for an address, or easier to write as a body. */
    @Requires(Permission.CONTACT_READ)
    @PostMapping("/search")
    Page<ContactView.Shown> search(@RequestBody Search request, Paging paging) {
        var order = ContactView.Order.of(request.sort() == null ? DEFAULT_SORT : request.sort());
        return Page.of(view.search(new ContactView.Search(Optional.ofNullable(request.projectId()).map(ProjectId::new),
                Optional.ofNullable(request.filter()).filter(filter -> !filter.isNull()),
                Boolean.TRUE.equals(request.deleted()), order), paging), paging, order::after);
    }

    /** Searches contacts with everything in the address, so that it can be kept as a link. */
    @Requires(Permission.CONTACT_READ)
    @GetMapping("/search")
    Page<ContactView.Shown> search(@RequestParam Optional<UUID> projectId, @RequestParam Optional<String> filter,
            @RequestParam Optional<String> sort, @RequestParam Optional<Boolean> deleted, Paging paging) {
        return search(new Search(projectId.orElse(null), filter.map(ContactController::json).orElse(null),
                sort.orElse(null), deleted.orElse(false)), paging);
    }

    /** Says whether a contact meets a filter: what a rule would decide, and the list may show. */
    @Requires(Permission.CONTACT_READ)
    @PostMapping("/{id}/matches")
    Answer matches(@PathVariable UUID id, @RequestBody Question question) {
        if (question.filter() == null) throw Refusal.invalid("filter", "required", "Say what is asked.");
        return new Answer(filters.accepts(new ContactId(find(id).id()), question.filter()));
    }

    /** Says who has one of these already: to be asked before somebody is entered. The same name is no reason to refuse them. */
    @Requires(Permission.CONTACT_READ)
    @GetMapping("/duplicates")
    Page<ContactDuplicates.Duplicate> duplicates(@RequestParam Optional<UUID> projectId,
            @RequestParam Optional<String> phone, @RequestParam Optional<String> email,
            @RequestParam Optional<String> externalId, @RequestParam Optional<String> name) {
        return Page.whole(duplicates.of(projectId.map(ProjectId::new), new TypedIdentities(
                phone.stream().toList(), email.stream().toList(), externalId.stream().toList()), name));
    }

    /** Lists the tags, and how many contacts carry each. */
    @Requires(Permission.CONTACT_READ)
    @GetMapping("/tags")
    Page<ContactView.ShownTag> tags(@RequestParam Optional<UUID> projectId, Paging paging) {
        return Page.of(view.tags(projectId.map(ProjectId::new), paging), paging, one -> Cursor.after(one.name()));
    }

    /** Enters a contact. One that has an address of theirs already is named in the refusal. */
    @Requires(Permission.CONTACT_WRITE)
    @PostMapping
    ResponseEntity<ContactView.Shown> enter(@RequestBody NewContact request) {
        var id = enter.handle(new EnterContact.Command(Optional.ofNullable(request.projectId()).map(ProjectId::new),
                Optional.ofNullable(request.name()), Optional.ofNullable(request.language()),
                new TypedIdentities(some("phones", request.phones(), MAX_OF_A_KIND),
                        some("emails", request.emails(), MAX_OF_A_KIND),
                        some("externalIds", request.externalIds(), MAX_OF_A_KIND)),
                some("tags", request.tags(), Integer.MAX_VALUE), fields(request.fields())));
        var made = find(id.value());
        return ResponseEntity.created(URI.create("/api/v1/contacts/" + id)).eTag(IfMatch.etag(made.version())).body(made);
    }

    /** Shows a contact. */
    @Requires(Permission.CONTACT_READ)
    @GetMapping("/{id}")
    ResponseEntity<ContactView.Shown> get(@PathVariable UUID id) {
        var contact = find(id);
        return IfMatch.ok(contact.version(), contact);
    }

    /** Changes a contact's name, language and fields. */
    @Requires(Permission.CONTACT_WRITE)
    @PatchMapping("/{id}")
    ResponseEntity<ContactView.Shown> change(@PathVariable UUID id, IfMatch seen, @RequestBody Change change) {
        edit.handle(new EditContact.Command(new ContactId(id), 
                Optional.ofNullable(change.name()).map(typed -> text("name", typed, "A name is a text.")),
                Optional.ofNullable(change.language()).map(typed -> text("language", typed, "A language is written like pt-BR or en.")),
                fields(change.fields())),
                seen::mustBe);
        return get(id);
    }

    /** Deletes a contact, who can be restored. */
    @Requires(Permission.CONTACT_WRITE)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id) {
        delete.delete(new ContactId(id));
    }

    /** Restores a deleted contact. */
    @Requires(Permission.CONTACT_WRITE)
    @PostMapping("/{id}/restore")
    ResponseEntity<ContactView.Shown> restore(@PathVariable UUID id) {
        delete.restore(new ContactId(id));
        return get(id);
    }

    /** Adds a number, an e-mail address or an id of another system. */
    @Requires(Permission.CONTACT_WRITE)
    @PostMapping("/{id}/identities")
    ResponseEntity<ContactView.Shown> link(@PathVariable UUID id, @RequestBody NewIdentity request) {
        identities.add(new ChangeIdentities.Command(new ContactId(id), request.kind(), request.value()));
        return get(id);
    }

    /**
     * Takes one address away. The value is a parameter and not a part of the path, since ids of other systems may
     * hold a slash.
     */
    @Requires(Permission.CONTACT_WRITE)
    @DeleteMapping("/{id}/identities")
    ResponseEntity<ContactView.Shown> unlink(@PathVariable UUID id, @RequestParam Optional<String> kind,
            @RequestParam Optional<String> value) {
        identities.remove(new ChangeIdentities.Command(new ContactId(id), kind.orElse(null), value.orElse(null)));
        return get(id);
    }

    /** Adds tags. */
    @Requires(Permission.CONTACT_WRITE)
    @PostMapping("/{id}/tags")
    ResponseEntity<ContactView.Shown> tag(@PathVariable UUID id, @RequestBody NewTags request) {
        tag.put(new ContactId(id), some("tags", request.tags(), Integer.MAX_VALUE));
        return get(id);
    }

    /** Takes a tag away. A tag may hold a slash, so it is a parameter as well. */
    @Requires(Permission.CONTACT_WRITE)
    @DeleteMapping("/{id}/tags")
    ResponseEntity<ContactView.Shown> untag(@PathVariable UUID id, @RequestParam Optional<String> tag) {
        this.tag.take(new ContactId(id), tag.orElse(null));
        return get(id);
    }

    /** Lists what happened with a contact, the last first. */
    @Requires(Permission.CONTACT_READ)
    @GetMapping("/{id}/timeline")
    Page<ContactView.Entry> timeline(@PathVariable UUID id, @RequestParam Optional<List<String>> kind, @RequestParam Optional<Instant> from,
            @RequestParam Optional<Instant> to, Paging paging) {
        var kinds = kind.orElse(List.of());
        if (!TIMELINE.containsAll(kinds)) {
            throw Refusal.invalid("kind", "invalid", "Say some of " + String.join(", ", TIMELINE) + ".");
        }
        return Page.of(view.timeline(find(id).id(), new ContactView.Part(kinds, from, to), paging), paging, entry -> Cursor.after(entry.at(), entry.id()));
    }

    /** Lists the lists that a contact is on: those that people put them on, and those whose filter they meet. */
    @Requires(Permission.CONTACT_READ)
    @GetMapping("/{id}/lists")
    Page<ContactListView.Membership> lists(@PathVariable UUID id) {
        return Page.whole(lists.of(new ContactId(find(id).id())));
    }

    /** Says what merging another contact into this one would do, and where the two are in conflict. */
    @Requires(Permission.CONTACT_READ)
    @GetMapping("/{id}/merges/preview")
    MergeView.Preview preview(@PathVariable UUID id, @RequestParam Optional<UUID> contactId) {
        return merges.preview(new ContactId(find(id).id()), other(contactId.orElse(null)));
    }

    /** Lists the contacts that people merged into this one. */
    @Requires(Permission.CONTACT_READ)
    @GetMapping("/{id}/merges")
    Page<MergeView.Merge> merges(@PathVariable UUID id) {
        return Page.whole(merges.of(new ContactId(find(id).id())));
    }

    /** Merges another contact into this one, which is shown for both from then on. */
    @Requires(Permission.CONTACT_WRITE)
    @PostMapping("/{id}/merges")
    ResponseEntity<ContactView.Shown> merge(@PathVariable UUID id, @RequestBody Other request) {
        merge.merge(new ContactId(find(id).id()), other(request.contactId()));
        return get(id);
    }

    /** Takes a merge back: each of the two has what it would have had without it. */
    @Requires(Permission.CONTACT_WRITE)
    @DeleteMapping("/{id}/merges/{contactId}")
    ResponseEntity<ContactView.Shown> unmerge(@PathVariable UUID id, @PathVariable UUID contactId) {
        merge.undo(new ContactId(id), new ContactId(contactId));
        return get(id);
    }

    private static ContactId other(UUID id) {
        if (id == null) throw Refusal.invalid("contactId", "required", "Say who is the same person.");
        return new ContactId(id);
    }

    private ContactView.Shown find(UUID id) {
        return view.find(new ContactId(id)).orElseThrow(() -> Refusal.notFound("contact"));
    }

    private static List<String> some(String field, List<String> given, int most) {
        if (given == null) return List.of();
        if (given.size() > most) throw Refusal.invalid(field, "length", "At most " + most + " of them.");
        if (given.stream().anyMatch(Objects::isNull)) throw Refusal.invalid(field, "required", "None of them is null.");
        return given;
    }

    private static Map<String, JsonNode> fields(Map<String, JsonNode> given) {
        if (given == null) return Map.of();
        var fields = new HashMap<>(given);
        fields.replaceAll((_, value) -> value == null ? JsonNodeFactory.instance.nullNode() : value);
        return fields;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException noJson) {
            throw Refusal.invalid("filter", "invalid", "A filter is JSON.");
        }
    }

    private static Optional<String> text(String field, JsonNode value, String otherwise) {
        if (value.isNull()) return Optional.empty();
        if (!value.isString() || !Text.isStorable(value.asString())) throw Refusal.invalid(field, "invalid", otherwise);
        return Optional.of(value.asString());
    }
}
