package com.ventros.crm.contacts;

import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.specifications.Specification;
import com.ventros.crm.specifications.SpecificationSql;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** People make lists of contacts, and the lists follow what happens with the contacts. */
@Component
public class KeepContactLists {

    /** {@code filter} as callers write it; empty for a list that people fill. */
    public record New(Optional<ProjectId> project, String name, Optional<JsonNode> filter) {}

    /** What to change; what is empty stays. */
    public record Change(UUID list, Optional<String> name, Optional<JsonNode> filter) {}

    /** That people merged two contacts, or a channel proved that they are one, or that they are two again. */
    public record Merge(UUID contact, UUID other) {}

    /** Each that has a filter is asked whenever something happens with a contact. */
    private static final int MOST_LISTS = 50;
    /** A page of a screen, ten times. */
    private static final int MOST_AT_ONCE = 1_000;
    /** What a list misses that time alone changes is no older than this and the time between two looks. */
    static final Duration OLDEST_COUNT = Duration.ofMinutes(10);

    private static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private final ContactLists lists;
    private final ContactFilters filters;
    private final Projects projects;
    private final Contacts contacts;
    private final JdbcClient db;

    KeepContactLists(ContactLists lists, ContactFilters filters, Projects projects, Contacts contacts, JdbcClient db) {
        this.lists = lists;
        this.filters = filters;
        this.projects = projects;
        this.contacts = contacts;
        this.db = db;
    }

    @Transactional
    public UUID make(New wanted) {
        var project = projects.orOnly(wanted.project()).id();
        if (lists.count(project) >= MOST_LISTS) {
            throw Refusal.conflict("contact_lists_too_many", "A project has at most " + MOST_LISTS + " lists.");
        }
        var list = ContactList.made(Uuids.v7(), project, wanted.name(), plain(wanted.filter()), now());
        lists.add(list, moves(list));
        return list.id;
    }

    /** {@code version} refuses unless it is the one that the person had before their eyes. */
    @Transactional
    public void change(Change wanted, LongConsumer version) {
        var list = find(wanted.list());
        version.accept(list.storedVersion);
        list.change(wanted.name(), plain(wanted.filter()));
        lists.save(list, list.filterChanged() && moves(list), now());
    }

    @Transactional
    public void delete(UUID id) {
        var list = find(id);
        list.delete();
        lists.delete(list, now());
    }

    /** Puts contacts on a list that people fill; refused when one is not there or deleted. */
    @Transactional
    public void put(UUID id, Collection<UUID> asked) {
        if (asked.isEmpty() || asked.size() > MOST_AT_ONCE) {
            throw Refusal.invalid("contactIds", "length", "Say 1 to " + MOST_AT_ONCE + " contacts.");
        }
        // Before the list, as whoever erases a contact does: a merge is heard of by lists that have the contact when it is over.
        var held = contacts.hold(asked.stream().map(ContactId::new).toList(), "key share");
        var list = find(id);
        list.mustBeFilledByPeople();
        var able = Set.copyOf(db.sql("select id from contact where id = any (:ids) and project_id = :project and deleted_at is null")
                .param("ids", held.values().stream().map(ContactId::value).toArray(UUID[]::new)).param("project", list.project.value())
                .query((row, _) -> new ContactId(row.getObject("id", UUID.class))).list());
        var shown = new LinkedHashSet<ContactId>();
        for (var one : asked) {
            shown.add(Optional.ofNullable(held.get(new ContactId(one))).filter(able::contains).orElseThrow(() ->
                    Refusal.invalid("contactIds", "unknown", "There is no contact " + one + " that could be on this list.")));
        }
        lists.put(list, shown, now());
    }

    /** Takes a contact off a list that people fill; whoever is not on it stays off it. */
    @Transactional
    public void take(UUID id, ContactId contact) {
        var list = find(id);
        list.mustBeFilledByPeople();
        lists.take(list, contacts.survivor(contact), now());
    }

    /** Something happened with these contacts: who of them is on which list? */
    @Transactional
    public void follow(Collection<UUID> contacts, List<Merge> merged, List<Merge> parted) {
        if (!lists.isAny()) return;
        var ids = new HashSet<>(contacts);
        merged.forEach(one -> ids.addAll(List.of(one.contact(), one.other())));
        parted.forEach(one -> ids.addAll(List.of(one.contact(), one.other())));
        ids.addAll(db.sql("""
                select c.id from contact c where c.whole_id in (select k.whole_id from contact k where k.id = any (:ids))
                union
                select survivor_id from contact_merge where absorbed_id = any (:ids)
                """).param("ids", ids.toArray(UUID[]::new)).query(UUID.class).list());
        var now = now();
        for (var list : lists.concernedForUpdate(ids)) {
            merged.forEach(one -> lists.moveOver(list, one.other(), one.contact(), now));
            if (list.isDynamic()) {
                filter(list).ifPresent(filter -> lists.follow(list, filter, ids, now));
                continue;
            }
            for (var one : merged) {
                if (lists.bringsNow(list, one.other(), one.contact())) lists.lend(list, one.other(), one.contact(), now);
            }
            for (var one : parted) {
                if (!lists.takeBack(list, one.other(), one.contact())) continue;
                Tags.others(db, new ContactId(one.other()), new ContactId(one.contact()))
                        .forEach(part -> lists.lend(list, part.value(), one.contact(), now));
            }
            lists.recount(list, ids);
        }
    }

    /** Looks at all contacts anew: the filter is another one, or somebody wants to be sure. */
    @Transactional
    public void count(UUID id) {
        lists.findForUpdate(id).ifPresent(this::count);
    }

    /** A custom field is back: the lists that ask for it have stayed as they were meanwhile. */
    @Transactional
    public void restored(UUID field) {
        for (var list : lists.dynamicForUpdate(field)) {
            if (asked(list).filter(asked -> asksFor(asked, field)).isPresent()) count(list);
        }
    }

    private static boolean asksFor(Specification asked, UUID field) {
        return asked.fields().stream().anyMatch(one -> one.argument().equals(Optional.of(field)));
    }

    /** Counts lists anew that time alone changes; {@code false} when none was due. */
    @Transactional
    public void countOverdue(Instant now) {
        for (var id : lists.overdue(now.minus(OLDEST_COUNT))) count(id);
    }

    /** Across tenants: whose lists are due. */
    public List<TenantId> tenantsWithOverdue(Instant now) {
        return lists.withOverdue(now.minus(OLDEST_COUNT));
    }

    private void count(ContactList list) {
        if (!list.isDynamic()) {
            lists.counted(list, now());
            return;
        }
        filter(list).ifPresent(filter -> lists.fill(list, filter, now()));
    }

    /** Empty when a custom field that it asks for was archived: until it is restored, the list stays as it is. */
    private Optional<SpecificationSql> filter(ContactList list) {
        return asked(list).map(asked -> SpecificationSql.of(asked, filters.now(list.project)));
    }

    private Optional<Specification> asked(ContactList list) {
        return list.filter().flatMap(filter -> filters.again(list.project, JSON.valueToTree(filter)));
    }

    private static Optional<Object> plain(Optional<JsonNode> filter) {
        return filter.map(json -> JSON.treeToValue(json, Object.class));
    }

    private boolean moves(ContactList list) {
        return list.filter().map(filter -> filters.read(list.project, JSON.valueToTree(filter))).filter(filters::moves).isPresent();
    }

    private ContactList find(UUID id) {
        return lists.findForUpdate(id).orElseThrow(() -> Refusal.notFound("contact_list"));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
