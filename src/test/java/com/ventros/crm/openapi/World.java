package com.ventros.crm.openapi;

import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.events.FragileBottles;
import com.ventros.crm.kernel.Uuids;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** A company with one of everything that the API can show, and how its ids are found for a route. */
final class World {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final AtomicLong NUMBERS = new AtomicLong(System.nanoTime() % 10_000_000 + 80_000_000);
    /** What stands before an id in a path, and which one it is. */
    private static final Map<String, String> IDS = Map.ofEntries(Map.entry("agents", "agent"), Map.entry("api-keys", "apiKey"),
            Map.entry("assignment-rules", "rule"), Map.entry("canned-replies", "reply"), Map.entry("business-hours", "hours"), Map.entry("channels", "channel"),
            Map.entry("chats", "chat"), Map.entry("contact-fields", "field"), Map.entry("contacts", "contact"),
            Map.entry("notes", "note"), Map.entry("deals", "deal"), Map.entry("messages", "message"), Map.entry("failures", "failure"),
            Map.entry("replays", "replay"), Map.entry("pipelines", "pipeline"), Map.entry("statuses", "status"),
            Map.entry("loss-reasons", "reason"), Map.entry("scheduled-messages", "scheduled"), Map.entry("sessions", "session"), Map.entry("teams", "team"),
            Map.entry("members", "member"), Map.entry("projects", "project"), Map.entry("roles", "role"), Map.entry("invitations", "invitation"),
            Map.entry("contact-lists", "list"), Map.entry("contact-imports", "import"), Map.entry("trace", "message"), Map.entry("links", "link"), Map.entry("webhooks", "webhook"));

    final TestTenant tenant;
    private final int port;
    private final Map<String, Route> routes = new HashMap<>();
    private final Map<String, String> ids = new HashMap<>();

    World(int port, TestTenant tenant, List<Route> known, FragileBottles bottles) {
        this.port = port;
        this.tenant = tenant;
        known.forEach(route -> routes.put(route.toString(), route));
        bottles.breakAll(tenant.tenant());
        bottles.fill(tenant.tenant(), 1);
        ids.put("project", tenant.project().toString());
        for (var thing : List.of("contact contacts", "hours business-hours", "agent agents", "team teams", "rule assignment-rules",
                "field contact-fields", "list contact-lists", "reply canned-replies", "apiKey api-keys", "role roles", "member members", "invitation invitations", "webhook webhooks", "channel channels", "link tracking/links", "pipeline pipelines")) {
            var made = create("POST /api/v1/" + thing.split(" ")[1]);
            ids.put(thing.split(" ")[0], made.path("id").asString());
            made.path("identities").valueStream().filter(identity -> identity.path("kind").asString().equals("external"))
                    .forEach(identity -> ids.put("externalId", identity.path("value").asString()));
            if (thing.startsWith("pipeline")) {
                ids.put("status", made.path("statuses").get(0).path("id").asString());
                ids.put("nextStatus", made.path("statuses").get(1).path("id").asString());
            }
        }
        ids.put("import", caller().with("Content-Type", "text/csv").send("POST", "/api/v1/contact-imports?fileName=feira.csv",
                "nome;telefone\nAna Souza;+55119" + NUMBERS.incrementAndGet()).json().path("id").asString());
        ids.put("note", create("POST /api/v1/contacts/{contactId}/notes").path("id").asString());
        ids.put("deal", create("POST /api/v1/deals").path("id").asString());
        var reasons = caller().with("If-Match", "\"1\"").send("POST", "/api/v1/pipelines/" + ids.get("pipeline") + "/loss-reasons", "{\"text\":\"Preço\"}");
        ids.put("reason", reasons.json().path("lossReasons").get(0).path("id").asString());
        var message = await().atMost(SOON).until(() -> send("POST /api/v1/messages"), sent -> sent.status() == 202).json();
        ids.put("message", message.path("id").asString());
        ids.put("chat", message.path("chatId").asString());
        ids.put("scheduled", create("POST /api/v1/scheduled-messages").path("id").asString());
        ids.put("session", await().atMost(SOON).until(() -> caller().get("/api/v1/sessions").json().path("items"), found -> !found.isEmpty())
                .get(0).path("id").asString());
        ids.put("failure", await().atMost(SOON).until(() -> caller().get("/api/v1/operations/failures").json().path("items"),
                found -> !found.isEmpty()).get(0).path("id").asString());
        ids.put("replay", create("POST /api/v1/operations/replays").path("id").asString());
    }

    /** Somebody who may do everything here, and has not asked for anything yet. */
    Api caller() {
        return Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
    }

    /** The address of a route with the ids of this company; of a kind that is not known here, with ids that nobody has. */
    String address(Route route) {
        var before = "";
        var address = new StringBuilder();
        for (var part : route.path().substring(1).split("/")) {
            address.append('/').append(part.startsWith("{")
                    ? Optional.ofNullable(IDS.get(before)).map(ids::get).orElseGet(() -> Uuids.v7().toString())
                    : part);
            before = part;
        }
        return address.toString();
    }

    /** Whether there is one of what the route's path names. */
    boolean knows(Route route) {
        var parts = route.path().split("/");
        for (int i = 1; i < parts.length; i++) if (parts[i].startsWith("{") && !IDS.containsKey(parts[i - 1])) return false;
        return true;
    }

    /** What a placeholder of an example stands for. */
    String fill(String name) {
        return switch (name) {
            case "unique" -> Long.toString(NUMBERS.incrementAndGet());
            case "freshContact" -> create("POST /api/v1/contacts").path("id").asString();
            default -> Optional.ofNullable(ids.get(name)).orElseThrow(() -> new AssertionError("There is no " + name + " in the world."));
        };
    }

    Optional<JsonNode> body(Route route) {
        return Examples.body(route, this::fill);
    }

    private Api.Answer send(String name) {
        var route = routes.get(name);
        return caller().send(route.method(), address(route), body(route).map(JsonNode::toString).orElse(null));
    }

    private JsonNode create(String name) {
        var answer = send(name);
        if (answer.status() != 201) throw new AssertionError(answer);
        return answer.json();
    }
}
