package com.ventros.crm.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.Api;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A tenant's pipeline with its deals, over the API, for tests. */
public final class Board {

    public static final String NEW = "Novo";
    public static final String OFFER = "Proposta";
    public static final String WON = "Ganho";
    public static final String LOST = "Perdido";

    public final Api api;
    private final String path;
    private int people;

    private Board(Api api, String path) {
        this.api = api;
        this.path = path;
    }

    public static Board define(Api api, String name) {
        var made = api.post("/api/v1/pipelines", Map.of("name", name, "statuses", List.of(
                status(NEW, "open"), status(OFFER, "open"), status(WON, "won"), status(LOST, "lost"))));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return new Board(api, "/api/v1/pipelines/" + made.json().path("id").asString());
    }

    private static Map<String, String> status(String name, String kind) {
        return Map.of("name", name, "kind", kind, "colour", "#1c7ed6");
    }

    public JsonNode pipeline() {
        return api.get(path).json();
    }

    public String id() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    public String status(String name) {
        for (var status : pipeline().path("statuses")) {
            if (status.path("name").asString().equals(name)) return status.path("id").asString();
        }
        throw new IllegalArgumentException(name);
    }

    /** Changes the pipeline, or what lies under it, as somebody who has just looked. */
    public Api.Answer change(String method, String under, Object change) {
        var seen = api.with("If-Match", "\"" + pipeline().path("version").asLong() + "\"");
        return method.equals("POST") ? seen.post(path + under, change) : seen.patch(path + under, change);
    }

    public String reason(String text) {
        var reasons = change("POST", "/loss-reasons", Map.of("text", text)).json().path("lossReasons");
        return reasons.get(reasons.size() - 1).path("id").asString();
    }

    public String contact() {
        return api.post("/api/v1/contacts", Map.of("name", "Cliente " + ++people)).json().path("id").asString();
    }

    /** A new contact, which enters at the first status. */
    public JsonNode enter() {
        return enter(contact(), Map.of());
    }

    public JsonNode enter(String contact, Map<String, ?> more) {
        var made = tryToEnter(contact, more);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.json();
    }

    public Api.Answer tryToEnter(String contact, Map<String, ?> more) {
        var wanted = new HashMap<String, Object>(more);
        wanted.put("contactId", contact);
        wanted.put("pipelineId", id());
        return api.post("/api/v1/deals", wanted);
    }

    public JsonNode deal(JsonNode deal) {
        return api.get(path(deal)).json();
    }

    /** As somebody who saw this version of the deal. */
    public Api.Answer move(JsonNode seen, String status, Map<String, ?> more) {
        var wanted = new HashMap<String, Object>(more);
        wanted.put("statusId", status(status));
        return as(seen).post(path(seen) + "/move", wanted);
    }

    public Api as(JsonNode seen) {
        return api.with("If-Match", "\"" + seen.path("version").asLong() + "\"");
    }

    public static String path(JsonNode deal) {
        return "/api/v1/deals/" + id(deal);
    }

    public static String id(JsonNode one) {
        return one.path("id").asString();
    }

    public static List<String> texts(JsonNode list, String field) {
        var texts = new ArrayList<String>();
        list.forEach(one -> texts.add(one.path(field).asString()));
        return texts;
    }
}
