package com.ventros.crm.replies;

import com.ventros.crm.accounts.AccountView;
import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.contacts.ContactView;
import com.ventros.crm.contacts.DefineCustomFields;
import com.ventros.crm.conversations.ChatId;
import com.ventros.crm.conversations.InboxView;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** What the gaps of replies are filled with. Values are written as the contact's language writes them. */
@Component
class Variables {

    /** For whom a reply is filled: a chat, or a contact of whom no chat is meant. */
    sealed interface For {
        record Chat(ChatId chat) implements For {}

        record Contact(ContactId contact) implements For {}
    }

    private static final Set<String> OWN = Set.of("contact.name", "contact.firstName", "contact.phone", "contact.email",
            "agent.name", "agent.firstName", "channel.name", "project.name");
    /** Before the key of a custom field. */
    private static final String FIELD = "contact.fields.";
    /** Types of custom fields whose values nobody says to a customer. */
    private static final Set<String> UNSPEAKABLE = Set.of("boolean", "json");
    /** What contacts speak who say nothing else; the country is the project's. */
    private static final String LANGUAGE = "pt";

    private final AccountView accounts;
    private final ContactView contacts;
    private final DefineCustomFields fields;
    private final InboxView inbox;

    Variables(AccountView accounts, ContactView contacts, DefineCustomFields fields, InboxView inbox) {
        this.accounts = accounts;
        this.contacts = contacts;
        this.fields = fields;
        this.inbox = inbox;
    }

    /** Which variables there are in the project's replies. */
    Predicate<String> known(ProjectId project) {
        var keys = fields.list(Optional.of(project)).stream()
                .filter(field -> !field.archived() && !UNSPEAKABLE.contains(field.type()))
                .map(field -> FIELD + field.key()).collect(Collectors.toSet());
        return variable -> OWN.contains(variable) || keys.contains(variable);
    }

    /** The value of each variable; {@code agent} is the name of the member who writes. */
    Function<String, Optional<String>> of(For whom, ProjectId project, Optional<String> agent) {
        var chat = switch (whom) {
            case For.Chat(var id) -> Optional.of(inbox.find(id).orElseThrow(() -> Refusal.notFound("chat")));
            case For.Contact _ -> Optional.<InboxView.Shown>empty();
        };
        var id = switch (whom) {
            case For.Chat _ -> chat.flatMap(InboxView.Shown::contactId).map(ContactId::new);
            case For.Contact(var known) -> Optional.of(known);
        };
        var contact = id.map(one -> contacts.find(one).orElseThrow(() -> Refusal.notFound("contact")));
        var place = accounts.projects().stream().filter(one -> one.id().equals(project.value())).findFirst().orElseThrow();
        var defined = fields.list(Optional.of(project)).stream()
                .collect(Collectors.toMap(field -> FIELD + field.key(), Function.identity()));
        return variable -> (switch (variable) {
            case "contact.name" -> contact.flatMap(ContactView.Shown::name);
            case "contact.firstName" -> contact.flatMap(ContactView.Shown::name).flatMap(Variables::first);
            case "contact.phone" -> contact.flatMap(known -> identity(known, "phone"));
            case "contact.email" -> contact.flatMap(known -> identity(known, "email"));
            case "agent.name" -> agent;
            case "agent.firstName" -> agent.flatMap(Variables::first);
            case "channel.name" -> chat.flatMap(InboxView.Shown::channelName);
            case "project.name" -> Optional.of(place.name());
            default -> contact.flatMap(known -> Optional.ofNullable(defined.get(variable))
                    .flatMap(field -> said(field, known.fields().path(field.key()), locale(known, place), ZoneId.of(place.timeZone()))));
        }).map(value -> value.replaceAll("[\\p{Cntrl}\\s]+", " ").strip()).filter(value -> !value.isEmpty());
    }

    private static Optional<String> first(String name) {
        return Optional.of(name.strip().split("\\s+", 2)[0]);
    }

    private static Optional<String> identity(ContactView.Shown contact, String kind) {
        return contact.identities().stream().filter(one -> one.kind().equals(kind)).findFirst().map(ContactView.ShownIdentity::display);
    }

    private static Locale locale(ContactView.Shown contact, AccountView.Project project) {
        return contact.language().map(Locale::forLanguageTag).orElseGet(() -> Locale.of(LANGUAGE, project.country()));
    }

    private static Optional<String> said(DefineCustomFields.Shown field, JsonNode value, Locale locale, ZoneId zone) {
        if (value.isMissingNode() || value.isNull()) return Optional.empty();
        return switch (field.type()) {
            case "multi_select" -> Optional.of(value.valueStream().map(JsonNode::asString).collect(Collectors.joining(", ")));
            case "number" -> Optional.of(number(NumberFormat.getNumberInstance(locale), value));
            case "money" -> {
                var format = NumberFormat.getCurrencyInstance(locale);
                format.setCurrency(Currency.getInstance(field.currency().orElseThrow()));
                yield Optional.of(number(format, value));
            }
            case "date" -> Optional.of(DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale)
                    .format(LocalDate.parse(value.asString())));
            case "date_time" -> Optional.of(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                    .withLocale(locale).format(Instant.parse(value.asString()).atZone(zone)));
            default -> UNSPEAKABLE.contains(field.type()) ? Optional.empty() : Optional.of(value.asString());
        };
    }

    /** As exact as the value is kept; a currency says its own number of decimals. */
    private static String number(NumberFormat format, JsonNode value) {
        var amount = value.decimalValue();
        format.setMaximumFractionDigits(Math.max(format.getMinimumFractionDigits(), amount.scale()));
        return format.format(amount);
    }
}
