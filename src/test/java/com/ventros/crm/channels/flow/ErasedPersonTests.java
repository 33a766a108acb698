package com.ventros.crm.channels.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.channels.TestChannels;
import com.ventros.crm.channels.waha.Samples;
import com.ventros.crm.channels.waha.simulator.Content;
import com.ventros.crm.channels.waha.simulator.Customer;
import com.ventros.crm.channels.waha.simulator.Engine;
import com.ventros.crm.channels.waha.simulator.Options;
import com.ventros.crm.channels.waha.simulator.WahaSimulator;
import com.ventros.crm.embedded.EmbeddedDatabase;
import com.ventros.crm.http.Permission;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.media.MediaFiles;
import com.ventros.crm.media.MediaId;
import com.ventros.crm.tenancy.Tenancy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Somebody who wrote, was written about and was imported is forgotten: nothing of them is found anywhere, and nothing brings them back. */
@DatabaseTest
class ErasedPersonTests {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String NAME = "Zuleica Marcador";
    private static final String DIGITS = "5511977650101";
    /** What is looked for: name, number, address, what was written, and what was written about them. */
    private static final List<String> MARKERS = List.of("Zuleica", "977650101", "zuleica@", "recado-secreto", "arquivo-secreto", "nota-secreta",
            "campo-secreto", "resposta-secreta", "etiqueta-secreta",
            "lembrete-secreto");

    @Autowired
    JdbcClient db;

    @Autowired
    EmbeddedDatabase server;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    MediaFiles files;

    @LocalServerPort
    int port;

    private final WahaSimulator waha = WahaSimulator.start(Options.forTests());
    private TestTenant tenant;
    private Api api;
    private Customer zuleica;
    private Customer bia;

    @BeforeEach
    void aShop() {
        tenant = TestTenant.create(db, transaction);
        api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
        var connected = TestChannels.of(tenant, port).connect(waha.url(), "vendas");
        var session = waha.session("vendas", Engine.GOWS).deliverTo("http://127.0.0.1:" + port + connected.webhookPath(), Samples.SECRET).pair();
        zuleica = session.customer(NAME, DIGITS);
        bia = session.customer("Bia Lima", "5511988880002");
    }

    @AfterEach
    void stop() {
        waha.close();
    }

    @Test
    void nothingOfAPersonIsFoundAfterwardsAndTheNextMessageIsAStrangers() {
        // A receiver that is away, so that its deliveries wait.
        assertThat(api.post("/api/v1/webhooks", Map.of("url", "http://127.0.0.1:9/", "eventTypes",
                List.of("message.received", "contact.created", "contact.name_changed"))).status()).isEqualTo(201);
        zuleica.writes("recado-secreto");
        zuleica.sends(Content.document("arquivo-secreto.txt", "arquivo-secreto".getBytes(UTF_8)));
        zuleica.sends(Content.document("catalogo.txt", "o mesmo para todas".getBytes(UTF_8)));
        bia.sends(Content.document("catalogo.txt", "o mesmo para todas".getBytes(UTF_8)));
        await().atMost(SOON).until(() -> count("select count(*) from message_file where state = 'STORED'") == 3);
        var contact = contactOf("977650101");
        var chat = api.get("/api/v1/chats?q=Zuleica").json().path("items").get(0).path("id").asString();
        var sent = api.post("/api/v1/messages", Map.of("chatId", chat, "text", "resposta-secreta"));
        assertThat(sent.status()).as(sent.toString()).isEqualTo(202);
        assertThat(api.post("/api/v1/scheduled-messages", Map.of("sendAt", "2099-03-01T12:00:00Z", "message", Map.of("chatId", chat, "text", "lembrete-secreto")))
                .status()).isEqualTo(201);
        told(contact);
        await().atMost(SOON).until(() -> List.of("sent", "delivered", "read").contains(
                api.get("/api/v1/messages/" + sent.json().path("id").asString()).json().path("status").asString()));
        var draft = api.with("Content-Type", "text/csv").send("POST", "/api/v1/contact-imports", "nome;telefone\nZuleica M.;(11) 97765-0101\nBia;11 98888-0002\n");
        assertThat(draft.status()).isEqualTo(201);
        await().atMost(SOON).until(() -> count("select count(*) from live_event where data::text like '%recado-secreto%'") > 0
                && count("select count(*) from webhook_delivery where body like '%recado-secreto%'") > 0
                && count("select count(*) from timeline_entry where data::text like '%nota-secreta%'") > 0);
        assertThat(found(MARKERS)).as("the search finds what is there").contains("contact", "message", "domain_event_logs", "live_event", "webhook_delivery",
                "note", "custom_field_value", "contact_tag", "timeline_entry", "scheduled_message", "contact_import_row");

        var shown = api.get("/api/v1/contacts/" + contact + "/personal-data");
        assertThat(shown.status()).isEqualTo(200);
        assertThat(MARKERS).allSatisfy(marker -> assertThat(shown.text()).contains(marker));
        var secret = file("arquivo-secreto");
        var shared = file("o mesmo");
        var before = count("select count(*) from domain_event_logs");

        var viewer = Api.anonymous(port).as(TestCallers.token(tenant.tenant(), EnumSet.complementOf(EnumSet.of(Permission.CONTACT_ERASE))));
        assertThat(viewer.post("/api/v1/contact-erasures", Map.of("contactId", contact)).status()).isEqualTo(403);
        var erased = api.post("/api/v1/contact-erasures", Map.of("contactId", contact));
        assertThat(erased.status()).as(erased.toString()).isEqualTo(201);
        assertThat(erased.json().path("files").asInt()).as("the file that Bia has too stays").isEqualTo(1);
        assertThat(erased.json().path("removed").path("message").asInt()).isEqualTo(4);
        assertThat(erased.json().path("removed").path("notification").asInt()).as("that she was spoken of").isEqualTo(1);
        assertThat(erased.json().path("removed").path("domain_event_logs").asInt()).isPositive();
        assertThat(api.get("/api/v1/contact-erasures/" + erased.json().path("id").asString()).json()).isEqualTo(erased.json());

        await().atMost(SOON).untilAsserted(() -> assertThat(found(MARKERS)).isEmpty());
        await().atMost(SOON).until(() -> !isThere(secret));
        assertThat(isThere(shared)).isTrue();
        assertThat(count("select count(*) from domain_event_logs")).as("what happened stays, and that somebody was erased").isGreaterThan(before);
        assertThat(api.get("/api/v1/contacts/" + contact).status()).isEqualTo(404);
        assertThat(api.get("/api/v1/contacts/" + contact + "/personal-data").status()).isEqualTo(404);
        assertThat(api.post("/api/v1/contact-erasures", Map.of("contactId", contact)).status()).isEqualTo(404);
        await().atMost(SOON).until(() -> count("select count(*) from audit_entry where type = 'contact.erased'") == 1);
        assertThat(api.get("/api/v1/audit/verify").json().path("intact").asBoolean()).isTrue();
        assertThat(api.get("/api/v1/contact-imports/" + draft.json().path("id").asString() + "/rows").json().path("items").get(1).path("cells").get(0).asString())
                .as("who else is in a file stays in it").isEqualTo("Bia");

        zuleica.writes("sou nova aqui");
        await().atMost(SOON).until(() -> !api.get("/api/v1/contacts?q=977650101").json().path("items").isEmpty());
        assertThat(contactOf("977650101")).isNotEqualTo(contact);
        assertThat(api.get("/api/v1/chats?q=Zuleica").json().path("items").get(0).path("id").asString()).isNotEqualTo(chat);
    }

    @Test
    void whatOneEventToldOfSomebodyNewIsForgottenWithThem() {
        api.post("/api/v1/contact-fields", Map.of("key", "obs", "label", "Obs", "type", "text"));
        var entered = api.post("/api/v1/contacts", Map.of("name", "Wanderleia Marcada", "phones", List.of("5511977650103"), "emails", List.of("wanderleia@exemplo.com.br", "wanderleia@outro.com.br"),
                "tags", List.of("rotulo-oculto"), "fields", Map.of("obs", "valor-oculto")));
        assertThat(entered.status()).as(entered.toString()).isEqualTo(201);
        await().atMost(SOON).until(() -> count("select count(*) from timeline_entry") == 1 && count("select count(*) from live_event where type = 'contact.created'") == 1
                && count("select count(*) from audit_entry where type = 'contact.created'") == 1);
        var markers = List.of("wanderleia", "977650103", "rotulo-oculto", "valor-oculto");
        assertThat(found(markers)).contains("domain_event_logs", "live_event", "timeline_entry");
        assertThat(api.post("/api/v1/contact-erasures", Map.of("contactId", entered.json().path("id").asString())).status()).isEqualTo(201);
        await().atMost(SOON).untilAsserted(() -> assertThat(found(markers)).isEmpty());
        assertThat(count("select count(*) from domain_event_logs where type = 'contact.created' and version = 2")).isEqualTo(1);
    }

    /** What people write down about her. */
    private void told(UUID contact) {
        var field = api.post("/api/v1/contact-fields", Map.of("key", "obs", "label", "Obs", "type", "text"));
        assertThat(field.status()).isEqualTo(201);
        var path = "/api/v1/contacts/" + contact;
        assertThat(api.with("If-Match", api.get(path).header("ETag").orElseThrow()).patch(path, Map.of("name", NAME + " Filha", "fields", Map.of("obs", "campo-secreto")))
                .status()).isEqualTo(200);
        assertThat(api.post(path + "/tags", Map.of("tags", List.of("etiqueta-secreta", "etiqueta-secreta-de-antes"))).status()).isEqualTo(200);
        assertThat(api.delete(path + "/tags?tag=etiqueta-secreta-de-antes").status()).isEqualTo(200);
        assertThat(api.post(path + "/identities", Map.of("kind", "email", "value", "zuleica@exemplo.com.br")).status()).isEqualTo(200);
        var member = api.post("/api/v1/members", Map.of("name", "Caio", "email", UUID.randomUUID() + "@exemplo.com.br", "password", "cavalo bateria grampo",
                "role", "agent")).json().path("id").asString();
        assertThat(api.post(path + "/notes", Map.of("text", "nota-secreta", "mentions", List.of(member))).status()).isEqualTo(201);
        assertThat(count("select count(*) from notification")).isEqualTo(1);
        var list = api.post("/api/v1/contact-lists", Map.of("name", "Feira")).json().path("id").asString();
        assertThat(api.post("/api/v1/contact-lists/" + list + "/contacts", Map.of("contactIds", List.of(contact))).status()).isEqualTo(200);
    }

    private UUID contactOf(String number) {
        return UUID.fromString(api.get("/api/v1/contacts?q=" + number).json().path("items").get(0).path("id").asString());
    }

    private Resource file(String beginning) {
        var ids = inTenant(() -> db.sql("select file_id from message_file where file_id is not null").query(UUID.class).list());
        return ids.stream().map(id -> inTenant(() -> files.bytes(files.find(new MediaId(id)).orElseThrow())))
                .filter(file -> read(file).startsWith(beginning)).findFirst().orElseThrow();
    }

    private static boolean isThere(Resource file) {
        try (var _ = file.getInputStream()) {
            return true;
        } catch (Refusal gone) {
            return false;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(Resource file) {
        try {
            return file.getContentAsString(UTF_8);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /**
     * All tables, of whichever tenant, in which a row, cast to text, holds one of the words; bytes are looked at as bytes. Asked as the
     * server's superuser, from whom no policy hides anything.
     */
    private List<String> found(List<String> words) {
        var markers = new ArrayList<String>();
        for (var marker : words) {
            markers.add("%" + marker.toLowerCase(Locale.ROOT) + "%");
            markers.add("%" + HexFormat.of().formatHex(marker.getBytes(UTF_8)) + "%");
        }
        var found = new ArrayList<String>();
        try (var connection = DriverManager.getConnection(server.url(), server.username(), server.password());
                var statement = connection.createStatement()) {
            var tables = new ArrayList<String>();
            try (var rows = statement.executeQuery("""
                    select c.relname from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1
                    """)) {
                while (rows.next()) tables.add(rows.getString(1));
            }
            assertThat(tables).hasSizeGreaterThan(80);
            for (var table : tables) {
                try (var ask = connection.prepareStatement("select exists (select from " + table + " t where lower(t::text) like any (?))")) {
                    ask.setArray(1, connection.createArrayOf("text", markers.toArray()));
                    try (var rows = ask.executeQuery()) {
                        rows.next();
                        if (rows.getBoolean(1)) found.add(table.replaceAll("_(\\d{4}_\\d{2}|default)$", ""));
                    }
                }
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        return found;
    }

    private long count(String sql) {
        return inTenant(() -> db.sql(sql).query(Long.class).single());
    }

    private <T> T inTenant(Supplier<T> question) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> question.get()));
    }
}
