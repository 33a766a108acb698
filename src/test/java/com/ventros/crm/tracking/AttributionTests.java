package com.ventros.crm.tracking;

import static com.ventros.crm.tracking.Campaign.ad;
import static com.ventros.crm.tracking.Campaign.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestTenant;
import com.ventros.crm.channels.RecordChannelStatus;
import com.ventros.crm.channels.waha.Samples;
import com.ventros.crm.channels.waha.Translation;
import com.ventros.crm.channels.waha.Translator;
import com.ventros.crm.contacts.Sighting;
import com.ventros.crm.conversations.AdClick;
import com.ventros.crm.conversations.ChatAddress;
import com.ventros.crm.conversations.Incoming;
import com.ventros.crm.conversations.MessageContent;
import com.ventros.crm.conversations.ReceiveMessages;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.pipelines.Board;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@DatabaseTest
class AttributionTests {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String ANA = "5511987650001";
    private static final String BIA = "5511987650002";
    private static final String CAIO = "5511987650003";
    private static final String DUDA = "5511987650004";
    private static final String ANAS_LID = "214816000000301";
    private static final Instant MARCH = Instant.parse("2026-03-01T15:00:00Z");
    private static final String COSTS = "/api/v1/tracking/costs";
    private static final String REPORT = "/api/v1/tracking/report?from=2026-03-01&to=2026-03-31&by=";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    RecordChannelStatus statuses;

    @Autowired
    ReceiveMessages receiveMessages;

    private Campaign campaign;

    @BeforeEach
    void aCompany() {
        campaign = company();
    }

    private Campaign company() {
        return Campaign.of(TestTenant.create(db, transaction), port, statuses, receiveMessages);
    }

    @Test
    void everyEngineTellsOfAdvertisements() {
        assertThat(ofSample("ctwa-gows-text.json", "GOWS", 1)).singleElement().satisfies(touch -> {
            assertThat(touch.path("kind").asString()).isEqualTo("ad");
            assertThat(touch.path("utm").path("source").asString()).isEqualTo("instagram");
            assertThat(touch.path("utm").path("medium").asString()).isEqualTo("cpc");
            assertThat(touch.path("ad").path("id").asString()).isEqualTo("120200000000000101");
            assertThat(touch.path("ad").path("title").asString()).isEqualTo("Coleção Inverno");
            assertThat(touch.path("ad").path("clickId").asString()).isEqualTo("AfexampleEXAMPLE0001_clid-shared-gows_zZ9");
            assertThat(touch.path("sessionId").isString() && touch.path("first").asBoolean() && touch.path("last").asBoolean()).isTrue();
        });
        assertThat(ofSample("ctwa-noweb-image.json", "NOWEB", 1).getFirst().path("ad").path("clickId").asString())
                .isEqualTo("AfexampleEXAMPLE0002_clid-shared-noweb_aB");
        for (var engine : List.of("WEBJS", "WPP")) {
            assertThat(ofSample("ctwa-webjs-text.json", engine, 1)).singleElement().satisfies(touch -> {
                assertThat(touch.path("ad").path("id").asString()).as(engine).isEqualTo("120200000000000103");
                assertThat(touch.path("ad").path("clickId").isNull()).as(engine + " never tells it").isTrue();
            });
        }
        assertThat(ofSample("ctwa-organic-post.json", "GOWS", 1).getFirst().path("utm").path("medium").asString()).isEqualTo("social");
        assertThat(ofSample("ctwa-not-an-ad-entry-point.json", "GOWS", 0)).isEmpty();
        assertThat(ofSample("ctwa-reply-quoting-the-ad-message.json", "GOWS", 0)).isEmpty();
    }

    /** The touches of whoever a sample tells of; that there are none is known once the marker that came after it is through. */
    private List<JsonNode> ofSample(String name, String engine, int expected) {
        var own = company();
        var body = new String(Samples.body(name), StandardCharsets.UTF_8).replace("\"WEBJS\"", "\"" + engine + "\"").getBytes(StandardCharsets.UTF_8);
        var conversation = (Translation.Conversation) new Translator().translate(body, Instant.now());
        own.receive(conversation.incoming().toArray(Incoming[]::new));
        own.receive(said(BIA, "MARKER", MARCH, "Oi", Optional.of(ad("7", "Depois", Optional.empty()))));
        await().atMost(SOON).until(() -> touches(own, own.contact(BIA)).size() == 1);
        var customer = own.api().get("/api/v1/contacts").json().path("items").valueStream().map(one -> one.path("id").asString())
                .filter(id -> !id.equals(own.contact(BIA))).findFirst().orElseThrow();
        return expected == 0 ? touches(own, customer) : await().atMost(SOON).until(() -> touches(own, customer), found -> found.size() == expected);
    }

    /** Links and advertisements, of people who are met under several addresses, each told up to three times. */
    @Test
    void whichWayWasFirstAndWhichLastDoesNotDependOnTheOrderOfArrival() {
        var expected = told(new Random(1), campaign, false);
        assertThat(expected).hasSize(18).filteredOn(line -> line.contains("first")).as("of each of three people").hasSize(3);
        for (long seed = 2; seed <= 3; seed++) assertThat(told(new Random(seed), company(), true)).as("seed " + seed).isEqualTo(expected);
    }

    private List<String> told(Random random, Campaign own, boolean disorder) {
        var links = List.of(own.link("Bio", "instagram", "inverno", "Olá! 😍"), own.link("Busca", "google", "marca", "Oi, tudo bem?"));
        var texts = links.stream().map(own::open).toList();
        var facts = new ArrayList<Incoming>();
        for (int i = 0; i < 18; i++) {
            var at = MARCH.plus(Duration.ofHours(i * 7 % 18));
            var digits = List.of(ANA, BIA, CAIO).get(i % 3);
            var text = i % 4 == 3 ? "Quero este" : texts.get(i % 2);
            var advertisement = i % 4 == 3 ? Optional.of(ad("12020" + i, "Anúncio " + i, Optional.of("clid-" + i))) : Optional.<AdClick>empty();
            var message = said(digits, "M" + i, at, text, advertisement);
            facts.add(digits.equals(ANA) && i % 2 == 0 ? of(message, new Sighting(Optional.empty(), Optional.of(ANAS_LID), Optional.empty()), "@lid") : message);
        }
        // what proves that the two are one
        facts.add(of(said(ANA, "PROOF", MARCH.plus(Duration.ofDays(2)), "Oi", Optional.empty()),
                new Sighting(PhoneNumber.ofDigits(ANA), Optional.of(ANAS_LID), Optional.empty()), "@c.us"));
        if (disorder) {
            facts.addAll(facts.stream().flatMap(fact -> Collections.nCopies(random.nextInt(3), fact).stream()).toList());
            Collections.shuffle(facts, random);
        }
        for (int from = 0, size; from < facts.size(); from += size) {
            size = Math.min(1 + random.nextInt(6), facts.size() - from);
            own.receive(facts.subList(from, from + size).toArray(Incoming[]::new));
        }
        return await().atMost(SOON).until(() -> List.of(ANA, BIA, CAIO).stream().flatMap(digits -> touches(own, own.contact(digits)).stream()
                .map(touch -> digits + " " + touch.path("at").asString() + " " + touch.path("link").path("name").asString("")
                        + touch.path("ad").path("id").asString("") + (touch.path("first").asBoolean() ? " first" : "")
                        + (touch.path("last").asBoolean() ? " last" : ""))).toList(), lines -> lines.size() == 18);
    }

    private static Incoming.Message of(Incoming.Message message, Sighting sighting, String domain) {
        var address = sighting.phone().map(phone -> phone.e164().substring(1)).or(sighting::lid).orElseThrow() + domain;
        return new Incoming.Message(ChatAddress.direct(address, sighting), message.externalId(), message.at(), false, false, Optional.empty(),
                MessageContent.ofText(message.content().text().orElseThrow()), Optional.empty(), List.of(), false, message.ad(), Optional.empty());
    }

    @Test
    void whoIsMergedBringsTheirWaysAndTakesThemBack() {
        twoPeople();
        var ana = campaign.contact(ANA);
        var bia = campaign.contact(BIA);
        assertThat(campaign.api().get("/api/v1/contacts/" + ana + "/merges/preview?contactId=" + bia).json().path("brings").path("touches").asInt()).isEqualTo(1);
        assertThat(campaign.api().post("/api/v1/contacts/" + ana + "/merges", Map.of("contactId", bia)).status()).isEqualTo(200);
        var both = touches(campaign, ana);
        assertThat(both).extracting(touch -> touch.path("contactId").asString()).containsExactly(ana, bia);
        assertThat(both.getLast().path("first").asBoolean()).as("Bia came earlier").isTrue();
        assertThat(touches(campaign, bia)).as("under either id").hasSize(2);
        assertThat(campaign.api().delete("/api/v1/contacts/" + ana + "/merges/" + bia).status()).isEqualTo(200);
        assertThat(touches(campaign, ana)).singleElement().satisfies(touch -> assertThat(touch.path("first").asBoolean()).isTrue());
        assertThat(touches(campaign, bia)).singleElement().satisfies(touch -> assertThat(touch.path("last").asBoolean()).isTrue());
        assertThat(campaign.api().get("/api/v1/contacts/" + TestTenant.create(db, transaction).project() + "/touches").status()).isEqualTo(404);
    }

    @Test
    void ofWhoeverIsErasedNoWayIsKept() {
        twoPeople();
        var ana = campaign.contact(ANA);
        var kept = campaign.api().get("/api/v1/contacts/" + ana + "/personal-data").json().path("kept").path("tracking_touch");
        assertThat(kept).hasSize(1);
        assertThat(kept.get(0).path("click_id").asString()).isEqualTo("clid-ana");
        var erased = campaign.api().post("/api/v1/contact-erasures", Map.of("contactId", ana));
        assertThat(erased.json().path("removed").path("tracking_touch").asInt()).as(erased.toString()).isEqualTo(1);
        campaign.inside(() -> assertThat(transaction.<Long>execute(_ -> db.sql("select count(*) from tracking_touch").query(Long.class).single())).isEqualTo(1));
    }

    /** Ana came by an advertisement, and Bia a day before by a link. */
    private void twoPeople() {
        var link = campaign.link("Bio", "instagram", "inverno", "Olá!");
        campaign.receive(said(ANA, "M1", MARCH, "Oi", Optional.of(ad("1", "Inverno", Optional.of("clid-ana")))),
                said(BIA, "M2", MARCH.minus(Duration.ofDays(1)), campaign.open(link), Optional.empty()));
        await().atMost(SOON).until(() -> touches(campaign, campaign.contact(ANA)).size() + touches(campaign, campaign.contact(BIA)).size() == 2);
    }

    /**
     * Ana: link A on March 1, link B on March 5. Bia: link B. Caio: an advertisement. Duda: link A in February and B in March. Ana and
     * Bia buy, Caio only asks.
     */
    @Test
    void theReportCreditsWhatCameOfEachWay() {
        var a = campaign.link("A", "instagram", "inverno", "Olá!");
        var b = campaign.link("B", "google", "marca", "Oi!");
        String byA = campaign.open(a), byB = campaign.open(b);
        campaign.open(a);
        campaign.inside(() -> transaction.executeWithoutResult(_ -> db.sql("update tracking_click set day = '2026-03-31'").update()));
        var day = Duration.ofDays(1);
        campaign.receive(said(ANA, "M1", MARCH, byA, Optional.empty()), said(ANA, "M2", MARCH.plus(day.multipliedBy(4)), byB, Optional.empty()),
                said(BIA, "M3", MARCH.plus(day), byB, Optional.empty()), said(BIA, "M4", MARCH.plus(day.multipliedBy(9)), "Voltei", Optional.empty()),
                said(CAIO, "M5", MARCH.plus(day.multipliedBy(2)), "Oi", Optional.of(ad("120201", "Inverno", Optional.empty()))),
                said(DUDA, "M6", MARCH.minus(day.multipliedBy(9)), byA, Optional.empty()), said(DUDA, "M7", MARCH.plus(day.multipliedBy(5)), byB, Optional.empty()));
        await().atMost(SOON).until(() -> List.of(ANA, BIA, CAIO, DUDA).stream().mapToInt(who -> touches(campaign, campaign.contact(who)).size()).sum() == 6);
        var board = Board.define(campaign.api(), "Vendas");
        won(board, ANA, 10_000, "BRL");
        won(board, BIA, 5_000, "USD");
        board.enter(campaign.contact(CAIO), Map.of("value", Map.of("amount", 77, "currency", "BRL")));

        assertThat(rows("source&model=last")).containsExactly(
                "google: 1 clicks, 3 contacts, 4 sessions, 2 won BRL10000 USD5000, cost ", "instagram: 3 clicks, 1 contacts, 2 sessions, 0 won , cost ");
        assertThat(rows("source&model=first")).containsExactly(
                "instagram: 3 clicks, 2 contacts, 3 sessions, 1 won BRL10000, cost ", "google: 1 clicks, 1 contacts, 2 sessions, 1 won USD5000, cost ");
        assertThat(rows("medium&model=first")).containsExactly(
                "social: 3 clicks, 2 contacts, 4 sessions, 2 won BRL10000 USD5000, cost ", "cpc: 1 clicks, 1 contacts, 1 sessions, 0 won , cost ");
        assertThat(rows("campaign&model=last")).contains("null: 1 clicks, 1 contacts, 1 sessions, 0 won , cost ");
        assertThat(rows("link&model=last")).containsExactly(b.path("id").asString() + " B: 1 clicks, 3 contacts, 4 sessions, 2 won BRL10000 USD5000, cost ",
                a.path("id").asString() + " A: 2 clicks, 0 contacts, 1 sessions, 0 won , cost ");
        assertThat(rows("ad&model=last")).containsExactly("120201 Inverno: 1 clicks, 1 contacts, 1 sessions, 0 won , cost ");
        assertThat(campaign.api().get("/api/v1/tracking/report?from=2026-02-01&to=2026-02-28&model=first").json().path("items")).singleElement()
                .satisfies(row -> assertThat(row.path("contacts").asInt() + row.path("sessions").asInt()).as("Duda, and both her sessions").isEqualTo(3));

        assertThat(costs("day,source,campaign,adId,amount,currency\n2026-03-02,Google,,,100.50,BRL\n2026-03-03,,inverno,,20,BRL\n2026-03-04,meta,,120201,7,USD\n")
                .json().path("kept").asInt()).isEqualTo(3);
        assertThat(rows("source&model=last")).contains("google: 1 clicks, 3 contacts, 4 sessions, 2 won BRL10000 USD5000, cost BRL10050",
                "meta: 0 clicks, 0 contacts, 0 sessions, 0 won , cost USD700");
        assertThat(rows("campaign&model=last")).contains("inverno: 2 clicks, 0 contacts, 1 sessions, 0 won , cost BRL2000");
        assertThat(rows("ad&model=last")).containsExactly("120201 Inverno: 1 clicks, 1 contacts, 1 sessions, 0 won , cost USD700");
        for (var wrong : List.of("?by=day", "?model=linear", "?from=2026-03-02&to=2026-03-01", "?from=2024-01-01&to=2026-01-01", "?from=03/2026")) {
            assertThat(campaign.api().get("/api/v1/tracking/report" + wrong).status()).as(wrong).isEqualTo(422);
        }
    }

    @Test
    void theSameFileOfCostsTwiceChangesNothingAndEachBadRowSaysWhy() {
        var file = "Dia;Origem;Campanha;Valor;Moeda\n2026-03-01;Instagram;Inverno;1234,56;brl\n2026-03-01;google;;0,10;BRL\n";
        var first = costs(file);
        assertThat(first.json()).isEqualTo(costs(file).json());
        assertThat(first.text()).isEqualTo("{\"rows\":2,\"kept\":2,\"refused\":[]}");
        assertThat(cost()).isEqualTo("google BRL 10, instagram BRL 123456");
        costs(file.replace("1234,56", "1000"));
        assertThat(cost()).as("the newest file counts").isEqualTo("google BRL 10, instagram BRL 100000");

        assertThat(costs("sep=;\nDia;Origem;Valor;Moeda\n02/03/2026;Google;1.234,56;BRL\n2026-03-02;x;1.234;BRL\n").text())
                .contains("\"kept\":1", "\"row\":2", "number_ambiguous");
        var told = campaign.api().with("Content-Type", "text/csv").send("POST", COSTS + "?decimal=comma", "dia,origem,valor,moeda\n2026-03-02,bing,1.234,BRL\n");
        assertThat(told.json().path("kept").asInt()).isEqualTo(1);
        assertThat(cost()).contains("bing BRL 123400", "google BRL 123466");

        costs("dia;origem;valor;moeda\n2026-03-03;bing;R$\u00a01\u202f234,56;BRL\n");
        assertThat(cost()).as("blanks at which no line breaks").contains("bing BRL 246856");

        var bad = costs("date,source,campaign,cost,currency,observação\n2026-03-05,x,,10,BRL,boa\n05/13/2026,x,,10,BRL\n2026-03-05,,,10,BRL\n2026-03-05,x,,1.23.456,BRL\n"
                + "2026-03-05,x,,-1,BRL\n2026-03-05,x,,10.001,BRL\n2026-03-05,y,,10,REAIS\n2026-03-05,X,,11,BRL\n2026-03-06," + "x".repeat(101)
                + ",,1,BRL\n2026-03-06,x,,99999999999999,BRL\n");
        assertThat(bad.json().path("kept").asInt()).isEqualTo(1);
        assertThat(bad.json().path("refused").valueStream().map(one -> one.path("row").asInt() + " " + one.path("column").asString() + " " + one.path("code").asString()))
                .containsExactly("2 day invalid", "3 source required", "4 amount invalid", "5 amount invalid", "6 amount number_ambiguous", "7 currency invalid",
                        "8 day repeated", "9 source length", "10 amount out_of_bounds");
        for (var wrong : Map.of("", "file_empty", "day,amount,currency", "file_empty", "day,amount\n2026-03-01,1", "file_column_missing",
                "day,day,amount,currency\n1,1,1,1", "file_column_repeated", "day,amount,currency\n\"" + "x".repeat(20_501), "file_malformed", "a\0b", "file_not_text").entrySet()) {
            assertThat(costs(wrong.getKey()).code()).as(wrong.getKey()).isEqualTo(wrong.getValue());
        }
        assertThat(costs("day,source,amount,currency\n" + "2026-03-05,x,1,BRL\n".repeat(10_001)).code()).isEqualTo("file_rows_too_many");
        assertThat(campaign.anybody().post(COSTS, "x").status()).isEqualTo(401);
    }

    /** A cost is taken back by saying that it is nothing. */
    @Test
    void whatCostNothingAndBroughtNothingIsNotInTheReport() {
        costs("day,source,campaign,amount,currency\n2026-03-01,bing,,0,BRL\n2026-03-01,meta,,0,BRL\n2026-03-01,meta,inverno,7,USD\n");
        assertThat(rows("source")).containsExactly("meta: 0 clicks, 0 contacts, 0 sessions, 0 won , cost BRL0 USD700");
    }

    @Test
    void aFileOfCostsThatComesAgainUnderItsKeyDoesNotUndoANewerOne() {
        var file = "day,source,amount,currency\n2026-03-01,bing,10,BRL\n,x,1,BRL\n";
        var once = campaign.api().with("Content-Type", "text/csv").with("Idempotency-Key", "costs-1");
        var first = once.send("POST", COSTS, file);
        costs(file.replace("10", "20"));
        var again = once.send("POST", COSTS, file);
        assertThat(again.text()).isEqualTo(first.text()).contains("\"kept\":1", "\"row\":2");
        assertThat(again.header("Idempotency-Replayed")).hasValue("true");
        assertThat(cost()).isEqualTo("bing BRL 2000");
        assertThat(once.send("POST", COSTS, file.replace("10", "30")).code()).isEqualTo("idempotency_key_reused");
    }

    /** A point or comma before three digits may part thousands, whatever the digits are. */
    @Test
    void moreDigitsThanTheCurrencyHasAreRefusedThoughTheyAreNoughts() {
        var answer = costs("day;source;amount;currency\n2026-03-01;a;2.500;BRL\n2026-03-01;b;\"1,000\";USD\n2026-03-01;c;1.000;JPY\n2026-03-01;d;1.0;JPY\n"
                + "2026-03-01;e;1.5;KWD\n2026-03-01;f;10.50;BRL\n2026-03-01;g;10.5;BRL\n2026-03-01;h;1000;JPY\n").json();
        assertThat(answer.path("refused").valueStream().map(one -> one.path("row").asInt() + " " + one.path("column").asString() + " " + one.path("code").asString()))
                .containsExactly("1 amount number_ambiguous", "2 amount number_ambiguous", "3 amount number_ambiguous", "4 amount invalid");
        assertThat(cost()).isEqualTo("e KWD 1500, f BRL 1050, g BRL 1050, h JPY 1000");
    }

    private Api.Answer costs(String file) {
        return campaign.api().with("Content-Type", "text/csv").send("POST", COSTS, file);
    }

    private String cost() {
        return campaign.api().get(REPORT + "source").json().path("items").valueStream().map(row -> row.path("key").asString() + " "
                + row.path("cost").get(0).path("currency").asString() + " " + row.path("cost").get(0).path("amount").asLong()).sorted().collect(Collectors.joining(", "));
    }

    private void won(Board board, String digits, long amount, String currency) {
        var deal = board.enter(campaign.contact(digits), Map.of("value", Map.of("amount", amount, "currency", currency)));
        assertThat(board.move(deal, Board.WON, Map.of()).status()).isEqualTo(200);
    }

    private List<String> rows(String by) {
        var answer = campaign.api().get(REPORT + by);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().path("items").valueStream().map(row -> (row.path("key").isNull() ? "null" : row.path("key").asString()) + (row.path("label").isNull() ? "" : " " + row.path("label").asString())
                + ": " + row.path("clicks").asLong() + " clicks, " + row.path("contacts").asLong() + " contacts, " + row.path("sessions").asLong() + " sessions, "
                + row.path("wonDeals").asLong() + " won " + sums(row.path("won")) + ", cost " + sums(row.path("cost"))).toList();
    }

    private static String sums(JsonNode sums) {
        return sums.valueStream().map(sum -> sum.path("currency").asString() + sum.path("amount").asLong()).collect(Collectors.joining(" "));
    }

    private static List<JsonNode> touches(Campaign own, String contact) {
        return own.api().get("/api/v1/contacts/" + contact + "/touches").json().path("items").valueStream().toList();
    }
}
