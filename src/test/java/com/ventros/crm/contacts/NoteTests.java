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
    void aMentionedMemberIsToldOnce() {
        var member = opened.owner().value().toString();
        var note = write(Map.of("text", "Fala com ela", "mentions", List.of(member)));
        api.with("If-Match", note.header("ETag").orElseThrow())
                .patch(path(note), Map.of("text", "Fala hoje", "mentions", List.of(member)));
        assertThat(events(note)).containsExactly("note.created", "note.mentioned", "note.edited");
        assertThat(api.post(notes, Map.of("text", "x", "mentions", List.of(Uuids.v7()))).status()).isEqualTo(422);
    }

    @Test
    void nonsenseIsRefusedAndAnotherContactsNoteIsNotThere() {
        for (var wrong : List.of(Map.of(), Map.of("text", " "), Map.of("text", "x", "type", "poem"),
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
