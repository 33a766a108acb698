package com.ventros.crm.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.events.catalog.Catalogue;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PersonalWordsTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** What events of these tell is of a person, or said by one. */
    private static final Set<String> OF_PEOPLE = Set.of("contact", "chat", "message", "scheduled_message", "session", "call", "tracking", "note", "deal");

    @Test
    void ofEveryTextInEventsOfPeopleItIsDecidedWhetherItIsPersonal() {
        var undecided = new TreeSet<String>();
        for (var entry : new Catalogue().entries()) {
            if (!OF_PEOPLE.contains(entry.family())) continue;
            texts(entry.schema(), entry.type(), undecided);
            entry.earlier().values().forEach(schema -> texts(schema, entry.type(), undecided));
        }
        assertThat(undecided).as("put these names into PersonalWords.PERSONAL or OURS").isEmpty();
        assertThat(PersonalWords.PERSONAL).doesNotContainAnyElementsOf(PersonalWords.OURS);
    }

    @Test
    void wordsGoAndWhatHappenedStays() {
        var event = JSON.readTree("""
                {"contactId":"0197b0e4-0000-7000-8000-000000000001","name":"Ana","phone":null,"kind":"phone","value":{"a":"b"},"options":["x"],"tags":["vip"],
                 "customFields":[{"key":"plan","value":"gold"}],
                 "ad":{"title":"Oi","sourceId":"1"},"at":"2026-01-01T00:00:00Z","count":3}
                """);
        assertThat(PersonalWords.without(event)).isEqualTo(JSON.readTree("""
                {"contactId":"0197b0e4-0000-7000-8000-000000000001","name":"erased","phone":null,"kind":"phone","value":null,"options":[],"tags":[],"customFields":[],
                 "ad":{"title":"erased","sourceId":"erased"},"at":"2026-01-01T00:00:00Z","count":3}
                """));
        assertThat(PersonalWords.without(PersonalWords.without(event))).isEqualTo(PersonalWords.without(event));
    }

    @Test
    void whySomethingEndedStaysUnlessSomebodyWroteIt() {
        assertThat(PersonalWords.without(JSON.readTree("{\"reason\":\"RESOLVED\"}"))).isEqualTo(JSON.readTree("{\"reason\":\"RESOLVED\"}"));
        assertThat(PersonalWords.without(JSON.readTree("{\"reason\":\"Ana is angry\"}"))).isEqualTo(JSON.readTree("{\"reason\":\"erased\"}"));
        assertThat(PersonalWords.without(JSON.readTree("{\"reason\":null}"))).isEqualTo(JSON.readTree("{\"reason\":null}"));
    }

    @SuppressWarnings("unchecked")
    private static void texts(Map<String, Object> schema, String at, Collection<String> undecided) {
        var properties = (Map<String, Object>) schema.getOrDefault("properties", Map.of());
        properties.forEach((name, part) -> {
            var its = (Map<String, Object>) part;
            if (PersonalWords.PERSONAL.contains(name) || PersonalWords.OURS.contains(name)) return;
            if (its.containsKey("properties")) texts(its, at + "." + name, undecided);
            else if (isText(its)) undecided.add(at + "." + name);
        });
    }

    /** Without a type it may be anything; ids, times and our own constants have a format or are listed. */
    private static boolean isText(Map<String, Object> schema) {
        if (schema.containsKey("format") && !schema.get("format").equals("uri") || schema.containsKey("enum")) return false;
        var type = String.valueOf(schema.get("type"));
        if (type.contains("array")) return isText(asMap(schema.get("items")));
        return schema.get("type") == null || type.contains("string") || type.contains("object");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object value) {
        return (Map<String, Object>) value;
    }
}
