package com.ventros.crm.conversations;

import static com.ventros.crm.conversations.Facts.chat;
import static com.ventros.crm.conversations.Facts.phone;
import static com.ventros.crm.conversations.Facts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.conversations.ChannelProfiles.ChannelProfile;
import com.ventros.crm.conversations.flow.KeepMessageStretches;
import com.ventros.crm.http.Paging;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@DatabaseTest
class MessageSearchTests {

    private static final String PATH = "/api/v1/messages/search?q=";
    private static final List<String> PIECES = List.of("Olá", "ola", "AÇÃO", "acao", "ação", "pão", "pao-de-queijo", "R$ 1.299,90", "1299",
            "e", "É", "😀", "oi😀", "ana@exemplo.com.br", "https://exemplo.com/a?b=c", "it's", "\\", "'", "%", "_", "a:*", "& | !", "\n", "日本", "x".repeat(70));

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    @Qualifier("system")
    JdbcClient system;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ReceiveMessages receiveMessages;

    @Autowired
    ChannelProfiles channelProfiles;

    @Autowired
    MessageSearch search;

    @Autowired
    KeepMessageStretches stretches;

    private final ChannelId channel = ChannelId.create();
    private final ChatAddress ana = chat(phone("5511998000171"));
    private final ChatAddress bia = chat(phone("5511998000172"));
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private TestTenant tenant;
    private Api api;

    @BeforeEach
    void aTenant() {
        tenant = TestTenant.create(db, transaction);
        api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
        run(() -> channelProfiles.save(new ChannelProfile(channel, tenant.project(), "Vendas", Optional.of(30))));
    }

    @Test
    void messagesAreFoundByTheBeginningsOfTheirWordsWithThePlacesMarked() {
        receive(text(ana, "A1", now.minusSeconds(30), "Quero um Pão francês"), text(bia, "B1", now.minusSeconds(20), "O PAO acabou?"),
                text(ana, "A2", now.minusSeconds(10), "Obrigada"));
        var found = items("pão");
        assertThat(found.stream().map(one -> one.path("text").asString())).containsExactly("O PAO acabou?", "Quero um Pão francês");
        assertThat(found.getLast().path("matches").get(0).path("start").asInt()).isEqualTo(9);
        assertThat(found.getLast().path("matches").get(0).path("end").asInt()).isEqualTo(12);
        assertThat(items("pao fran")).hasSize(1);
        assertThat(items("rancês")).isEmpty();
        var page = api.get(PATH + "pao&limit=1").json();
        assertThat(api.get(PATH + "pao&limit=1&cursor=" + page.path("nextCursor").asString()).json().path("items").get(0)
                .path("text").asString()).isEqualTo("Quero um Pão francês");
    }

    /** Such as an address or a key, of which the beginning counts. */
    @Test
    void aWordOfMoreThanSixtyLettersIsFoundByTheFirstSixty() {
        var longest = "lorem".repeat(12);
        receive(text(ana, "A1", now.minusSeconds(30), "Olá, " + longest + "ipsum e " + longest + "!"), text(ana, "A2", now.minusSeconds(20), longest + "dolor"),
                text(ana, "A3", now.minusSeconds(10), "Palavras, e mais palavras: nenhuma delas tem sessenta letras, embora o texto tenha."));
        for (var typed : List.of(longest, longest + "ipsum", "lorem")) assertThat(items(typed)).as(typed).hasSize(2);
        assertThat(items("ola " + longest)).hasSize(1);
        assertThat(items("sessenta")).hasSize(1);
    }

    @Test
    void wordsOfOtherAlphabetsAreFoundWhateverTheirCapitals() {
        receive(text(ana, "A1", now.minusSeconds(30), "ŁÓDŹ, Привет!"));
        for (var typed : List.of("łódź", "lodz", "привет", "ПРИВЕТ")) assertThat(items(typed)).as(typed).hasSize(1);
    }

    @Test
    void aWordIsFoundPageByPageHoweverLongAgoItWasFrequent() {
        var said = IntStream.range(0, 1_200).mapToObj(n -> n >= 500 ? "Bom dia " + n : n % 4 == 0 ? "pedido " + n : "obrigada " + n).toList();
        for (int from = 0; from < said.size(); from += 300) {
            receive(IntStream.range(from, from + 300).mapToObj(n -> text(ana, "P" + n, now.minusSeconds(2_000 - n), said.get(n)))
                    .toArray(Incoming.Message[]::new));
        }
        for (var word : List.of("pedido", "dia", "obrigada", "496")) {
            assertThat(pages(word)).as(word).containsExactlyElementsOf(said.reversed().stream().filter(text -> text.contains(word)).toList());
        }
    }

    /** Late messages, edits and deletions fall into stretches whose words are gathered meanwhile, by somebody else and all the time. */
    @Test
    void whatIsFoundIsTheSameWhateverStretchesAreGathered() throws Exception {
        var random = new Random(20261127);
        var said = new TreeMap<Instant, String>(Comparator.reverseOrder());
        var gathering = new AtomicBoolean(true);
        var gatherer = CompletableFuture.runAsync(() -> {
            while (gathering.get()) stretches.step(60);
        });
        try {
            for (var round = 0; round < 12; round++) {
                var batch = new ArrayList<Incoming.Message>();
                while (batch.size() < 100) {
                    var at = now.minusSeconds(1 + random.nextInt(1_000_000));
                    var words = "bom dia " + (said.size() % 3 == 0 ? "pedido " : "") + (said.size() % 97 == 0 ? "raro " : "")
                            + (at.isBefore(now.minusSeconds(700_000)) ? "antigo " : "") + "n" + said.size();
                    if (said.putIfAbsent(at, words) == null) batch.add(text(ana, "S" + at.getEpochSecond(), at, words));
                }
                receive(batch.toArray(Incoming.Message[]::new));
                for (var n = 0; n < 5; n++) {
                    var at = List.copyOf(said.keySet()).get(random.nextInt(said.size()));
                    var id = "external_id = 'S" + at.getEpochSecond() + "'";
                    if (n % 2 == 0) {
                        change("update message set text = 'trocado " + at.getEpochSecond() + "', version = version + 1 where " + id);
                        said.put(at, "trocado " + at.getEpochSecond());
                    } else {
                        change("delete from message where " + id);
                        said.remove(at);
                    }
                }
                if (round == 9) {
                    gathering.set(false);
                    gatherer.get(1, TimeUnit.MINUTES);
                }
                var words = new ArrayList<>(List.of("pedido", "raro", "antigo", "trocado", "dia pedido", "antigo raro"));
                // Words of one message alone, new ones and changed ones.
                for (var n = 0; n < 10; n++) words.add(said.get(batch.get(random.nextInt(batch.size())).at()) instanceof String text ? last(text) : "n0");
                said.values().stream().filter(text -> text.startsWith("trocado")).limit(5).forEach(text -> words.add(last(text)));
                for (var word : words) {
                    assertThat(pages(word)).as("%s, round %d", word, round).containsExactlyElementsOf(said.values().stream()
                            .filter(text -> List.of(word.split(" ")).stream().allMatch(one -> (" " + text).contains(" " + one))).toList());
                }
            }
        } finally {
            gathering.set(false);
        }
        assertThat(items("pedido&type=image")).isEmpty();
        assertThat(items("pedido&to=" + now.minusSeconds(500_000)).stream().map(one -> one.path("sentAt").asString()).map(Instant::parse))
                .containsExactlyElementsOf(said.entrySet().stream().filter(one -> one.getKey().isBefore(now.minusSeconds(500_000))
                        && one.getValue().contains("pedido")).map(Map.Entry::getKey).limit(50).toList());
    }

    private static String last(String text) {
        return text.substring(text.lastIndexOf(' ') + 1);
    }

    private List<String> pages(String word) {
        var found = new ArrayList<String>();
        var cursor = "";
        do {
            var page = api.get(PATH + word.replace(" ", "%20") + "&limit=40" + cursor).json();
            page.path("items").forEach(one -> found.add(one.path("text").asString()));
            cursor = page.path("nextCursor").isString() ? "&cursor=" + page.path("nextCursor").asString() : "";
        } while (!cursor.isEmpty());
        return found;
    }

    @Test
    void filtersNarrowWhatIsFound() {
        receive(text(ana, "A1", now.minusSeconds(300), "pão um"), text(bia, "B1", now.minusSeconds(200), "pão dois"));
        var first = items("pao").getLast();
        for (var filter : List.of("chatId=" + first.path("chatId").asString(), "contactId=" + first.path("contactId").asString(),
                "to=" + now.minusSeconds(250), "type=text&direction=inbound&to=" + now.minusSeconds(250),
                "channelId=" + channel + "&to=" + now.minusSeconds(250))) {
            assertThat(items("pao&" + filter).stream().map(one -> one.path("text").asString())).as(filter).containsExactly("pão um");
        }
        for (var filter : List.of("chatId=" + Uuids.v7(), "contactId=" + Uuids.v7(), "channelId=" + Uuids.v7(), "direction=outbound",
                "type=image", "from=" + now)) {
            assertThat(items("pao&" + filter)).as(filter).isEmpty();
        }
        for (var wrong : List.of("type=poem", "direction=up", "from=ontem")) assertThat(api.get(PATH + "pao&" + wrong).status()).isEqualTo(422);
        for (var none : List.of("", "!", "%F0%9F%98%80")) assertThat(api.get(PATH + none).status()).isEqualTo(422);
    }

    /** What is edited is found by what it says now, and what is deleted for everyone not at all. */
    @Test
    void theWordsFollowTheMessage() {
        receive(text(ana, "A1", now.minusSeconds(30), "pão"), text(ana, "A2", now.minusSeconds(20), "bolo"));
        change("update message set text = 'queijo', version = version + 1 where external_id = 'A1'");
        assertThat(items("pao")).isEmpty();
        assertThat(items("queijo")).hasSize(1);
        change("update message set revoked_at = now(), revoked_by = 'CUSTOMER', version = version + 1 where external_id = 'A2'");
        assertThat(items("bolo")).isEmpty();
        assertThat(items("bolo&chatId=" + items("queijo").getFirst().path("chatId").asString())).isEmpty();
        change("delete from message where external_id = 'A1'");
        assertThat(items("queijo")).isEmpty();
    }

    /** Three ways to say what a text holds: the index, the chat's own messages, and Java for the places. */
    @Test
    void theIndexTheChatAndJavaAgreeOnRandomTexts() {
        var random = new Random(20261126);
        var texts = new ArrayList<String>();
        for (var n = 0; n < 120; n++) {
            var said = new StringBuilder();
            for (var more = 1 + random.nextInt(5); more > 0; more--) said.append(PIECES.get(random.nextInt(PIECES.size()))).append(random.nextInt(3) == 0 ? "" : " ");
            texts.add(said.toString());
        }
        for (var n = 0; n < texts.size(); n++) receive(text(ana, "R" + n, now.minusSeconds(1000 - n), texts.get(n)));
        var chat = java.util.UUID.fromString(api.get("/api/v1/chats").json().path("items").get(0).path("id").asString());
        for (var round = 0; round < 60; round++) {
            var typed = texts.get(random.nextInt(texts.size())).strip();
            typed = typed.substring(0, Math.min(typed.length(), 1 + random.nextInt(12)));
            SearchedText words;
            try {
                words = SearchedText.typed(typed);
            } catch (com.ventros.crm.kernel.Refusal noWords) {
                continue;
            }
            var expected = texts.reversed().stream().filter(said -> words.words().stream()
                    .noneMatch(word -> new SearchedText(List.of(word)).in(said).isEmpty())).toList();
            for (var where : List.of(Optional.<java.util.UUID>empty(), Optional.of(chat))) {
                var found = Tenancy.call(tenant.tenant(), () -> search.search(words, new MessageSearch.Query(Optional.empty(), where,
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()), new Paging(100, Optional.empty())));
                assertThat(found.stream().map(MessageSearch.Found::text)).as("<%s> in %s", typed, where).containsExactlyElementsOf(
                        expected.stream().limit(101).toList());
            }
        }
    }

    @Test
    void nobodyReadsTheWordsOfOthersAndNobodyTheTableItself() {
        receive(text(ana, "A1", now.minusSeconds(30), "segredo"));
        var other = TestTenant.create(db, transaction);
        assertThat(Api.anonymous(port).as(TestCallers.mayAll(other.tenant())).get(PATH + "segredo").json().path("items")).isEmpty();
        var unbound = "select count(*) from search_messages('''segredo'''::tsquery, null, null, null, null, null, null, null, 10)";
        assertThat(transaction.<Long>execute(_ -> db.sql(unbound).query(Long.class).single())).as("without a tenant").isZero();
        assertThatThrownBy(() -> run(() -> db.sql("select words from message_search").query().listOfRows()))
                .isInstanceOf(DataAccessException.class).rootCause().hasMessageContaining("permission denied");
        assertThatThrownBy(() -> system.sql("select words from message_search").query().listOfRows())
                .isInstanceOf(DataAccessException.class).rootCause().hasMessageContaining("permission denied");
        assertThatThrownBy(() -> system.sql(unbound).query().listOfRows()).isInstanceOf(DataAccessException.class);
    }

    private void receive(Incoming.Message... messages) {
        run(() -> receiveMessages.handle(java.util.Arrays.stream(messages).map(one -> Facts.received(tenant, channel, one)).toList()));
    }

    private void change(String sql) {
        run(() -> transaction.executeWithoutResult(_ -> assertThat(db.sql(sql).update()).isOne()));
    }

    private void run(Runnable work) {
        Tenancy.run(tenant.tenant(), work);
    }

    private List<JsonNode> items(String query) {
        var typed = query.split("&", 2);
        var answer = api.get(PATH + URLEncoder.encode(typed[0], StandardCharsets.UTF_8) + (typed.length > 1 ? "&" + typed[1] : ""));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().path("items").valueStream().toList();
    }
}
