package com.ventros.crm.contacts;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Everything that can happen to a contact, as other modules see it. */
public sealed interface ContactEvent extends DomainEvent {

    /**
     * With all that is known of them by then, which no other event tells.
     *
     * @param otherIdentities those that are not the first number, private id or e-mail address
     * @param tags            in their order
     * @param customFields    those that have a value, in the order of their keys
     */
    @EventType(value = "contact.created", version = 2,
            description = "Somebody we had not met before wrote, called, was written to or entered, with what is known of them so far.")
    record ContactCreated(UUID contactId, Optional<String> name, Optional<String> phone, Optional<String> lid, Optional<String> email,
            Optional<String> language, List<OtherIdentity> otherIdentities, List<String> tags, List<FieldSet> customFields)
            implements ContactEvent {}

    /** {@code kind} is {@code phone}, {@code lid}, {@code email} or {@code external}. */
    record OtherIdentity(String kind, String value) {}

    /** {@code value} is a text, number, truth, list or object. */
    record FieldSet(UUID fieldId, String key, Object value) {}

    /** {@code by} is {@code person}, {@code channel} or, of a name that a merged contact lends, {@code merged}. */
    @EventType(value = "contact.name_changed", description = "A contact is called something else now.")
    record ContactNameChanged(UUID contactId, String name, String by) implements ContactEvent {}

    @EventType(value = "contact.name_removed", description = "A contact has no name any longer: what had given it one was taken back.")
    record ContactNameRemoved(UUID contactId) implements ContactEvent {}

    @EventType(value = "contact.phone_set", description = "The telephone number of a known contact became known.")
    record ContactPhoneSet(UUID contactId, String phone) implements ContactEvent {}

    /** {@code kind} is {@code phone}, {@code lid}, {@code email} or {@code external}. */
    @EventType(value = "contact.identity_linked", description = "Something else turned out to name a known contact.")
    record ContactIdentityLinked(UUID contactId, String kind, String value) implements ContactEvent {}

    @EventType(value = "contact.merged",
            description = "Two contacts turned out to be one person, or people said so; what the absorbed one had is shown as the survivor's now.")
    record ContactMerged(UUID contactId, UUID absorbedId) implements ContactEvent {}

    /** Raised of each of the two. */
    @EventType(value = "contact.merge_reversed",
            description = "A merge that people had made was taken back; each of the two has its own again.")
    record ContactMergeReversed(UUID contactId, UUID otherId) implements ContactEvent {}

    @EventType(value = "contact.updated", description = "Something that a person noted about a contact changed.")
    record ContactUpdated(UUID contactId, Optional<String> language) implements ContactEvent {}

    @EventType(value = "contact.email_set", description = "An e-mail address of a contact became known.")
    record ContactEmailSet(UUID contactId, String email) implements ContactEvent {}

    /** {@code kind} is {@code phone}, {@code email} or {@code external}. */
    @EventType(value = "contact.identity_unlinked", description = "Something does not name a contact any longer.")
    record ContactIdentityUnlinked(UUID contactId, String kind, String value) implements ContactEvent {}

    @EventType(value = "contact.tag_added", description = "A contact carries one more tag.")
    record ContactTagAdded(UUID contactId, String tag) implements ContactEvent {}

    @EventType(value = "contact.tag_removed", description = "A contact does not carry a tag any longer.")
    record ContactTagRemoved(UUID contactId, String tag) implements ContactEvent {}

    /** {@code value} is a text, number, truth, list or object; empty when it was taken away. */
    @EventType(value = "contact.custom_field_set", description = "A custom field of a contact has another value now, or none.")
    record ContactCustomFieldSet(UUID contactId, UUID fieldId, String key, Optional<Object> value) implements ContactEvent {}

    @EventType(value = "contact.deleted", description = "A contact is no longer shown; it can be restored.")
    record ContactDeleted(UUID contactId) implements ContactEvent {}

    @EventType(value = "contact.erased",
            description = "A person was forgotten: nothing is kept of them but that there was somebody, and when.")
    record ContactErased(UUID contactId, UUID erasureId) implements ContactEvent {}

    @EventType(value = "contact.restored", description = "A deleted contact is shown again: somebody said so, or it wrote.")
    record ContactRestored(UUID contactId) implements ContactEvent {}
}
