package com.ventros.crm.contacts;

import com.ventros.crm.csv.Cells;
import com.ventros.crm.csv.Figures;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.specifications.Folding;
import com.ventros.crm.specifications.Value;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** What each column of a file is, and with that what each of its rows says of somebody. */
final class ImportColumns {

    /**
     * What a row says; an empty cell says nothing.
     *
     * @param id of a contact, if the file was exported here
     */
    record Said(Optional<UUID> id, SortedSet<Identity> identities, Optional<String> name, Optional<Language> language,
            Set<Tag> tags, Map<CustomField, List<Value>> fields) {}

    static final String ID = "id";
    static final String NAME = "name";
    static final String LANGUAGE = "language";
    static final String PHONES = "phones";
    static final String EMAILS = "emails";
    static final String EXTERNAL_IDS = "externalIds";
    static final String TAGS = "tags";
    static final String CUSTOM = "custom.";
    /** Several columns may be of these: a sheet has a number at home and one at work. */
    private static final Set<String> MANY = Set.of(PHONES, EMAILS, EXTERNAL_IDS, TAGS);
    private static final Set<String> OWN = Set.of(ID, NAME, LANGUAGE, PHONES, EMAILS, EXTERNAL_IDS, TAGS);
    /** As for a contact that is entered by hand. */
    private static final int MOST_OF_A_KIND = 10;

    /** What people call their columns, in the two languages of the screens, without accents. */
    private static final Map<String, String> USUAL = Map.ofEntries(Map.entry("nome", NAME), Map.entry("nome completo", NAME),
            Map.entry("full name", NAME), Map.entry("cliente", NAME), Map.entry("contato", NAME), Map.entry("contact", NAME),
            Map.entry("idioma", LANGUAGE), Map.entry("lingua", LANGUAGE), Map.entry("telefone", PHONES), Map.entry("telefones", PHONES),
            Map.entry("phone", PHONES), Map.entry("phone number", PHONES), Map.entry("celular", PHONES), Map.entry("mobile", PHONES),
            Map.entry("whatsapp", PHONES), Map.entry("fone", PHONES), Map.entry("email", EMAILS), Map.entry("e-mail", EMAILS),
            Map.entry("e-mails", EMAILS), Map.entry("tag", TAGS), Map.entry("etiqueta", TAGS), Map.entry("etiquetas", TAGS),
            Map.entry("externalid", EXTERNAL_IDS), Map.entry("external id", EXTERNAL_IDS), Map.entry("codigo", EXTERNAL_IDS));
    private static final Map<String, Boolean> TRUTHS = Map.of("true", true, "yes", true, "sim", true, "1", true, "verdadeiro", true,
            "false", false, "no", false, "nao", false, "0", false, "falso", false);
    private static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private final List<String> targets;
    private final Map<String, CustomField> fields;
    private final Optional<Figures.Decimal> decimal;
    private final ZoneId zone;

    private ImportColumns(List<String> targets, Map<String, CustomField> fields, Optional<Figures.Decimal> decimal, ZoneId zone) {
        this.targets = targets;
        this.fields = fields;
        this.decimal = decimal;
        this.zone = zone;
    }

    /**
     * Refused unless each column is something that there is, and nothing is there twice that somebody has once.
     *
     * @param decimal the sign before the parts of numbers; where nobody says it, a number that could be two is refused
     * @param zone    where the clocks show the times that stand there without offset
     */
    static ImportColumns typed(List<String> targets, int columns, Collection<CustomField> known, Optional<Figures.Decimal> decimal, ZoneId zone) {
        if (targets.size() != columns) {
            throw Refusal.invalid("columns", "length", "Say of each of the " + columns + " columns what it is; null leaves one out.");
        }
        var fields = byTarget(known);
        var seen = new HashSet<String>();
        for (var target : targets) {
            if (target.isEmpty()) continue;
            if (!OWN.contains(target) && !fields.containsKey(target)) {
                throw Refusal.invalid("columns", "unknown", "A column is one of id, name, language, phones, emails, externalIds, tags, or custom. and a field's key.");
            }
            if (!seen.add(target) && !MANY.contains(target)) {
                throw Refusal.invalid("columns", "repeated", "Two columns cannot both be " + target + ".");
            }
        }
        if (seen.stream().noneMatch(Set.of(ID, PHONES, EMAILS, EXTERNAL_IDS)::contains)) {
            throw Refusal.invalid("columns", "identity_missing",
                    "One column must be phones, emails or externalIds: by these it is known who is there already.");
        }
        return new ImportColumns(List.copyOf(targets), fields, decimal, zone);
    }

    /** What the columns probably are by what they are called; empty for one of which that cannot be told. */
    static List<String> suggested(List<String> headers, Collection<CustomField> known) {
        var names = new LinkedHashMap<String, String>(USUAL);
        OWN.forEach(own -> names.put(folded(own), own));
        byTarget(known).forEach((target, field) -> {
            names.putIfAbsent(folded(field.label()), target);
            names.putIfAbsent(folded(field.key), target);
            names.put(folded(target), target);
        });
        var taken = new HashSet<String>();
        var suggested = new ArrayList<String>();
        for (var header : headers) {
            // "Telefone 2" is one more number.
            var name = folded(header);
            var target = Optional.ofNullable(names.get(name)).or(() -> Optional.ofNullable(names.get(name.replaceAll("[\\s_]*\\d$", "")))
                    .filter(MANY::contains)).orElse("");
            suggested.add(target.isEmpty() || taken.add(target) || MANY.contains(target) ? target : "");
        }
        return suggested;
    }

    /** What the cells say; refused, with the column, where one says nothing that its column could be. */
    Said read(List<String> cells, String region) {
        if (cells.stream().skip(targets.size()).anyMatch(cell -> !cell.isBlank())) {
            throw Refusal.invalid("columns", "cells_too_many", "This row has more cells than there are columns.");
        }
        Optional<UUID> id = Optional.empty();
        Optional<String> name = Optional.empty();
        Optional<Language> language = Optional.empty();
        var phones = new ArrayList<String>();
        var emails = new ArrayList<String>();
        var externalIds = new ArrayList<String>();
        var tags = new ArrayList<String>();
        var values = new LinkedHashMap<CustomField, List<Value>>();
        for (int i = 0; i < Math.min(cells.size(), targets.size()); i++) {
            var target = targets.get(i);
            var cell = Cells.plain(cells.get(i));
            if (target.isEmpty() || cell.isEmpty()) continue;
            switch (target) {
                case ID -> id = Optional.of(id(cell));
                case NAME -> name = Optional.of(ContactName.typed(cell, Instant.EPOCH).text());
                case LANGUAGE -> language = Optional.of(Language.typed(cell));
                case PHONES -> phones.addAll(Cells.split(target, cells.get(i)));
                case EMAILS -> emails.addAll(Cells.split(target, cells.get(i)));
                case EXTERNAL_IDS -> externalIds.addAll(Cells.split(target, cells.get(i)));
                case TAGS -> tags.addAll(Cells.split(target, cells.get(i)));
                default -> {
                    var field = fields.get(target);
                    values.put(field, FieldValue.read(field, json(field, cells.get(i)), region));
                }
            }
        }
        few(PHONES, phones);
        few(EMAILS, emails);
        few(EXTERNAL_IDS, externalIds);
        var identities = new TypedIdentities(phones, emails, externalIds).read(region);
        return new Said(id, new TreeSet<>(identities), name, language, TagContact.read(tags), values);
    }

    /** Fields that somebody who is entered must have and of whom the row says nothing. */
    Optional<CustomField> missing(Said said) {
        return fields.values().stream().filter(CustomField::required).filter(field -> !said.fields().containsKey(field)).findFirst();
    }

    private static UUID id(String cell) {
        try {
            return UUID.fromString(cell);
        } catch (IllegalArgumentException noId) {
            throw Refusal.invalid(ID, "invalid", "This is not the id of a contact.");
        }
    }

    private static void few(String field, List<String> values) {
        if (values.size() > MOST_OF_A_KIND) throw Refusal.invalid(field, "length", "At most " + MOST_OF_A_KIND + " of them.");
    }

    private JsonNode json(CustomField field, String cell) {
        var text = Cells.plain(cell);
        return switch (field.type) {
            case BOOLEAN -> Optional.ofNullable(TRUTHS.get(folded(text)))
                    .<JsonNode>map(JsonNodeFactory.instance::booleanNode).orElseGet(() -> JsonNodeFactory.instance.stringNode(text));
            case MULTI_SELECT -> {
                var chosen = JsonNodeFactory.instance.arrayNode();
                Cells.split("fields." + field.key, cell).forEach(chosen::add);
                yield chosen;
            }
            case JSON -> {
                try {
                    yield JSON.readTree(text);
                } catch (JacksonException noJson) {
                    throw Refusal.invalid("fields." + field.key, "invalid", "This is no JSON.");
                }
            }
            case NUMBER -> JsonNodeFactory.instance.stringNode(Figures.number("fields." + field.key, text, decimal));
            case MONEY -> JsonNodeFactory.instance.stringNode(Figures.amount("fields." + field.key, text, field.currency.orElseThrow(), decimal));
            case DATE -> JsonNodeFactory.instance.stringNode(Figures.day(text));
            case DATE_TIME -> JsonNodeFactory.instance.stringNode(Figures.time(text, zone));
            default -> JsonNodeFactory.instance.stringNode(text);
        };
    }

    private static Map<String, CustomField> byTarget(Collection<CustomField> known) {
        return known.stream().filter(field -> field.archivedAt().isEmpty())
                .collect(Collectors.toMap(field -> CUSTOM + field.key, Function.identity()));
    }

    private static String folded(String text) {
        return Folding.fold(text).strip();
    }
}
