package com.ventros.crm.contacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.accounts.OpenTenant;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@DatabaseTest
class NoteTests {

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    OpenTenant openTenant;

    private OpenTenant.Opened opened;
    private Api api;
    private String contact;
    private String notes;

    @BeforeEach
    void aContact() {
        opened = openTenant.handle(new OpenTenant.Command("Padaria Sol", "Ana", Uuids.v7() + "@exemplo.com.br",
                "cavalo bateria grampo"));
        api = Api.anonymous(port).as(TestCallers.mayAll(opened.tenant()));
        contact = "/api/v1/contacts/" + api.post("/api/v1/contacts", Map.of("name", "Bia")).json().path("id").asString();
        notes = contact + "/notes";
    }

    @Test
    void aNoteIsWrittenChangedPinnedDeletedAndRestored() {
        var first = write(Map.of("text", " Prefere ligar à tarde. "));
        assertThat(first.json().path("type").asString()).isEqualTo("general");
        assertThat(first.json().path("priority").asString()).isEqualTo("normal");
        assertThat(first.json().path("authorName").asString()).isEqualTo("Ana Teste");
        var second = write(Map.of("text", "Reclamou", "type", "complaint", "priority", "urgent"));
        assertThat(texts()).containsExactly("Reclamou", "Prefere ligar à tarde.");

        assertThat(api.patch(path(first), Map.of("pinned", true)).status()).isEqualTo(428);
        var seen = api.with("If-Match", first.header("ETag").orElseThrow());
        assertThat(seen.patch(path(first), Map.of("pinned", true, "text", "Só à tarde", "type", "call")).status())
                .isEqualTo(200);
        assertThat(seen.patch(path(first), Map.of("pinned", false)).status()).isEqualTo(412);
        assertThat(texts()).as("pinned ones first").containsExactly("Só à tarde", "Reclamou");
        assertThat(api.get(notes + "?limit=1").json().path("items")).hasSize(1);
        var next = api.get(notes + "?limit=1").json().path("nextCursor").asString();
        assertThat(api.get(notes + "?limit=1&cursor=" + next).json().path("items").get(0).path("text").asString())
                .isEqualTo("Reclamou");
        var history = api.get(path(first) + "/history").json().path("items");
        assertThat(history).hasSize(1);
        assertThat(history.get(0).path("text").asString()).isEqualTo("Prefere ligar à tarde.");

        assertThat(api.delete(path(second)).status()).isEqualTo(204);
        assertThat(texts()).containsExactly("Só à tarde");
        assertThat(api.with("If-Match", "\"2\"").patch(path(second), Map.of("text", "x")).code()).isEqualTo("note_deleted");
        assertThat(api.post(path(second) + "/restore", Map.of()).status()).isEqualTo(200);
        assertThat(texts()).hasSize(2);
    }

    @Test
    void aMemberIsMentionedOnceUntilTheNoteMentionsThemNoLonger() {
        var member = opened.owner().value().toString();
        var note = write(Map.of("text", "Fala com ela", "mentions", List.of(member)));
        api.with("If-Match", note.header("ETag").orElseThrow())
                .patch(path(note), Map.of("text", "Fala hoje", "mentions", List.of(member)));
        assertThat(events(note)).containsExactly("note.created", "note.mentioned", "note.edited");
        assertThat(api.with("If-Match", "\"2\"").patch(path(note), Map.of("mentions", List.of())).status()).isEqualTo(200);
        assertThat(events(note)).containsExactly("note.created", "note.mentioned", "note.edited", "note.unmentioned");
        assertThat(api.post(notes, Map.of("text", "x", "mentions", List.of(Uuids.v7()))).status()).isEqualTo(422);
    }

    @Test
    void whoIsMentionedIsToldUntilTheNoteNoLongerMentionsThem() {
        var bia = member("Bia");
        var caio = member("Caio");
        var ana = opened.owner().value();
        var byAna = as(ana, "Ana");
        var first = byAna.post(notes, Map.of("text", "Fala com ela", "mentions", List.of(bia, ana))).json().path("id").asString();
        assertThat(told(ana)).as("of one's own mention nobody is told").isEmpty();
        assertThat(unseen(bia)).isEqualTo(1);
        var one = told(bia).get(0);
        assertThat(one.path("contactId").asString()).isEqualTo(contact.substring(contact.lastIndexOf('/') + 1));
        assertThat(one.path("contactName").asString()).isEqualTo("Bia");
        assertThat(one.path("noteId").asString()).isEqualTo(first);
        assertThat(one.path("mentionedBy").asString()).isEqualTo("Ana");
        assertThat(one.path("excerpt").asString()).isEqualTo("Fala com ela");
        assertThat(one.path("seenAt").isNull()).isTrue();

        assertThat(as(caio, "Caio").post("/api/v1/notifications/" + one.path("id").asString() + "/seen", Map.of()).code()).isEqualTo("notification_not_found");
        for (int i = 0; i < 2; i++) {
            assertThat(as(bia, "Bia").post("/api/v1/notifications/" + one.path("id").asString() + "/seen", Map.of()).status()).isEqualTo(204);
        }
        assertThat(unseen(bia)).isZero();
        assertThat(as(bia, "Bia").get("/api/v1/notifications?unseen=true").json().path("items")).isEmpty();

        change(first, Map.of("text", "Fala hoje", "mentions", List.of(bia, caio)));
        assertThat(unseen(bia)).as("mentioned before").isZero();
        assertThat(told(bia).get(0).path("excerpt").asString()).isEqualTo("Fala hoje");
        assertThat(unseen(caio)).isEqualTo(1);
        api.delete(notes + "/" + first);
        assertThat(told(caio)).isEmpty();
        api.post(notes + "/" + first + "/restore", Map.of());
        assertThat(unseen(caio)).isEqualTo(1);
        change(first, Map.of("mentions", List.of(bia)));
        assertThat(told(caio)).isEmpty();
        change(first, Map.of("mentions", List.of(bia, caio)));
        assertThat(unseen(caio)).as("mentioned anew").isEqualTo(1);
        api.delete(contact);
        assertThat(unseen(caio)).isZero();
    }

    @Test
    void notificationsComeInPagesAndAreSeenAllAtOnce() {
        var bia = member("Bia");
        for (var text : List.of("um", "dois", "três")) write(Map.of("text", text, "mentions", List.of(bia)));
        var theirs = as(bia, "Bia");
        var texts = new ArrayList<String>();
        for (var page = theirs.get("/api/v1/notifications?limit=2").json();; page = theirs.get("/api/v1/notifications?limit=2&cursor="
                + page.path("nextCursor").asString()).json()) {
            page.path("items").forEach(one -> texts.add(one.path("excerpt").asString()));
            if (page.path("nextCursor").isNull()) break;
        }
        assertThat(texts).containsExactly("três", "dois", "um");
        assertThat(as(member("Caio"), "Caio").post("/api/v1/notifications/seen", Map.of()).status()).isEqualTo(204);
        assertThat(unseen(bia)).as("somebody else has seen theirs").isEqualTo(3);
        assertThat(theirs.post("/api/v1/notifications/seen", Map.of()).status()).isEqualTo(204);
        assertThat(unseen(bia)).isZero();

        var key = api.post("/api/v1/api-keys", Map.of("name", "Loja", "scopes", List.of("contact_read"))).json().path("key").asString();
        assertThat(Api.anonymous(port).as(key).get("/api/v1/notifications").code()).isEqualTo("not_a_user");
    }

    @Test
    void whoHasLeftIsNotMentionedAnyMore() {
        var bia = member("Bia");
        var note = write(Map.of("text", "Fala com ela", "mentions", List.of(bia))).json().path("id").asString();
        assertThat(as(opened.owner().value(), "Ana").post("/api/v1/members/" + bia + "/deactivate", Map.of()).status()).isEqualTo(200);
        var refused = api.post(notes, Map.of("text", "E agora?", "mentions", List.of(bia)));
        assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
        assertThat(refused.json().path("errors").get(0).path("code").asString()).isEqualTo("member_unknown");
        change(note, Map.of("text", "Falei", "mentions", List.of(bia))); // stays as it was
    }

    @Test
    void notesOfADeletedContactStayAsTheyAre() {
        var note = write(Map.of("text", "x"));
        api.delete(contact);
        assertThat(api.post(notes, Map.of("text", "y")).code()).isEqualTo("contact_deleted");
        assertThat(api.with("If-Match", "\"1\"").patch(path(note), Map.of("text", "y")).code()).isEqualTo("contact_deleted");
        assertThat(api.delete(path(note)).code()).isEqualTo("contact_deleted");
        assertThat(api.post(path(note) + "/restore", Map.of()).code()).isEqualTo("contact_deleted");
        assertThat(texts()).containsExactly("x");
    }

    @Test
    void deletedNotesAreFoundToBeRestored() {
        var note = write(Map.of("text", "x"));
        write(Map.of("text", "y"));
        api.delete(path(note));
        var deleted = api.get(notes + "?deleted=true").json().path("items");
        assertThat(deleted).hasSize(1);
        assertThat(deleted.get(0).path("text").asString()).isEqualTo("x");
        assertThat(deleted.get(0).path("deletedAt").isString()).isTrue();
        assertThat(texts()).containsExactly("y");
    }

    @Test
    void nonsenseIsRefusedAndAnotherContactsNoteIsNotThere() {
        for (var wrong : List.of(Map.of(), Map.of("text", " "), Map.of("text", "\u00a0\u200b\ufeff"), Map.of("text", "x", "type", "poem"),
                Map.of("text", "x", "priority", "1"), Map.of("text", "x".repeat(10_001)))) {
            assertThat(api.post(notes, wrong).status()).isEqualTo(422);
        }
        var other = "/api/v1/contacts/" + api.post("/api/v1/contacts", Map.of("name", "Caio")).json().path("id").asString();
        var note = write(Map.of("text", "x"));
        assertThat(api.get(other + "/notes/" + note.json().path("id").asString()).status()).isEqualTo(404);
    }

    @Test
    void theTimelineShowsWhatIsAskedFor() {
        write(Map.of("text", "x"));
        api.post(contact + "/tags", Map.of("tags", List.of("vip")));
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(kinds(""))
                .contains("contact.created", "contact.tag_added", "note.created"));
        assertThat(kinds("?kind=note")).containsExactly("note.created");
        assertThat(kinds("?kind=note,session")).containsExactly("note.created");
        assertThat(api.get(contact + "/timeline?kind=weather").status()).isEqualTo(422);
        var noted = api.get(contact + "/timeline?kind=note").json().path("items").get(0).path("at").asString();
        assertThat(kinds("?from=" + noted)).contains("note.created").doesNotContain("contact.created");
        assertThat(kinds("?to=" + noted)).contains("contact.created").doesNotContain("note.created");
        assertThat(api.get(contact + "/timeline?from=yesterday").status()).isEqualTo(400);
    }

    private Api.Answer write(Map<String, ?> note) {
        var written = api.post(notes, note);
        assertThat(written.status()).as(written.toString()).isEqualTo(201);
        return written;
    }

    private void change(String note, Map<String, ?> what) {
        var seen = api.get(notes + "/" + note).header("ETag").orElseThrow();
        var changed = api.with("If-Match", seen).patch(notes + "/" + note, what);
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
    }

    private UUID member(String name) {
        var added = as(opened.owner().value(), "Ana").post("/api/v1/members", Map.of("name", name, "email", Uuids.v7() + "@exemplo.com.br",
                "password", "cavalo bateria grampo", "role", "agent"));
        assertThat(added.status()).as(added.toString()).isEqualTo(201);
        return UUID.fromString(added.json().path("id").asString());
    }

    private Api as(UUID user, String name) {
        return Api.anonymous(port).as(TestCallers.of(opened.tenant(), user, name));
    }

    private JsonNode told(UUID user) {
        return as(user, "").get("/api/v1/notifications").json().path("items");
    }

    private long unseen(UUID user) {
        return as(user, "").get("/api/v1/notifications/unseen").json().path("count").asLong();
    }

    private String path(Api.Answer note) {
        return notes + "/" + note.json().path("id").asString();
    }

    private List<String> texts() {
        var texts = new ArrayList<String>();
        api.get(notes).json().path("items").forEach(note -> texts.add(note.path("text").asString()));
        return texts;
    }

    private List<String> kinds(String query) {
        var kinds = new ArrayList<String>();
        api.get(contact + "/timeline" + query).json().path("items").forEach(entry -> kinds.add(entry.path("type").asString()));
        return kinds;
    }

    private List<String> events(Api.Answer note) {
        var id = UUID.fromString(note.json().path("id").asString());
        return Tenancy.call(opened.tenant(), () -> transaction.execute(_ -> db.sql(
                "select type from domain_event_logs where aggregate_id = :id order by position").param("id", id)
                .query(String.class).list()));
    }
}
