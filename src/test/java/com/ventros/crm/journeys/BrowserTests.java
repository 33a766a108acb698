package com.ventros.crm.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasValueOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsFocusedOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.assertions.PageAssertions.HasURLOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.KeyboardModifier;
import com.ventros.crm.channels.waha.simulator.Content;
import com.ventros.crm.channels.waha.simulator.Customer;
import com.ventros.crm.channels.waha.simulator.Engine;
import com.ventros.crm.channels.waha.simulator.Ledger;
import com.ventros.crm.channels.waha.simulator.Options;
import com.ventros.crm.channels.waha.simulator.WahaSimulator;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The product as people use it: a real browser, the whole program, and customers on a simulated WhatsApp. With
 * {@code -Dscreenshots=docs/images} it keeps pictures for the README.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserTests {

    private static final String SECRET = "a secret that only the two of us know";
    private static final List<String> FLAGS = List.of("--no-sandbox", "--disable-gpu", "--disable-quic",
            "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--use-fake-device-for-media-stream");
    /** Generous: the machine may be busy with the rest of the tests. */
    private static final double PATIENCE_MILLIS = 40_000;

    @TempDir
    static Path folder;

    private Program program;
    private WahaSimulator waha;
    private Customer ana;
    private Customer bruno;
    private Playwright playwright;
    private Browser browser;
    private BrowserContext context;
    private Page page;

    @BeforeAll
    void openTheShop() throws Exception {
        var chromium = chromium();
        if (chromium.isEmpty() && "true".equals(System.getenv("CRM_TEST_REQUIRE_SERVICES"))) {
            throw new IllegalStateException("No Chromium found; run scripts/install-test-tools");
        }
        Assumptions.assumeTrue(chromium.isPresent(), "no Chromium found: scripts/install-test-tools brings it");
        Assumptions.assumeTrue(BrowserTests.class.getResource("/static/index.html") != null,
                "the web app was not built (-Dweb.skip=true)");
        program = new Program(folder).start();
        waha = WahaSimulator.start(Options.forTests());
        var channel = program.post("/api/v1/channels", """
                {"name":"WhatsApp da loja","type":"waha","waha":{"url":"%s","session":"vendas",
                 "apiKey":"waha-test-key","hmacSecret":"%s"}}""".formatted(waha.url(), SECRET));
        var session = waha.session("vendas", Engine.GOWS)
                .deliverTo(program.uri(channel.path("webhookPath").asString()).toString(), SECRET);
        session.pair();
        ana = session.customer("Ana Souza", "5511998000101", "214816000000101");
        bruno = session.customer("Bruno Lima", "5531998000102", "214816000000102");
        playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright.chromium().launch(new BrowserType.LaunchOptions()
                .setExecutablePath(chromium.get()).setArgs(FLAGS));
    }

    @AfterAll
    void closeTheShop() throws Exception {
        if (playwright != null) playwright.close();
        if (waha != null) waha.close();
        if (program != null) program.close();
    }

    @BeforeEach
    void signIn() {
        context = browser.newContext(new Browser.NewContextOptions().setLocale("pt-BR").setViewportSize(1360, 820));
        page = signedIn(context);
    }

    private Page signedIn(BrowserContext context) {
        return signedIn(context, Program.OWNER_EMAIL, Program.OWNER_PASSWORD);
    }

    private Page signedIn(BrowserContext context, String email, String password) {
        var page = context.newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.navigate(program.uri("/").toString());
        page.getByLabel("E-mail").fill(email);
        page.getByLabel("Senha").first().fill(password);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Entrar")).click();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Conversas")).first())
                .isVisible(patiently());
        return page;
    }

    @AfterEach
    void signOut() {
        context.close();
    }

    @Test
    void aCustomerWritesTheAgentAnswersAndTheTicksRise() throws Exception {
        ana.writes("Oi, bom dia! Vocês têm o modelo azul?");
        openChat("Ana Souza");
        assertThat(bubble("modelo azul")).isVisible(patiently());

        write("Temos sim! *R$ 129,90* à vista 😊");
        var answer = bubble("129,90");
        assertThat(answer).isVisible(patiently());
        assertThat(answer.getByLabel("lida", new Locator.GetByLabelOptions().setExact(true)))
                .not().isVisible();
        var heard = ana.awaitsAnswer(Duration.ofSeconds(20)).orElseThrow();
        assertThat(answer.getByLabel("entregue", new Locator.GetByLabelOptions().setExact(true)))
                .isVisible(patiently());
        ana.reads(heard.id());
        assertThat(answer.getByLabel("lida", new Locator.GetByLabelOptions().setExact(true))).isVisible(patiently());
        ana.reactsTo(heard.id(), "❤️");
        assertThat(answer.getByText("❤️")).isVisible(patiently());
        ana.writesInReplyTo(heard.id(), "Quero esse!");
        assertThat(bubble("Quero esse!")).isVisible(patiently());
        ana.sends(Content.photo("É esse aqui 👆"));
        assertThat(bubble("É esse aqui").locator("img")).isVisible(patiently());
        var mistake = ana.writes("manda pro enderço antigo");
        ana.edits(mistake, "manda pro endereço novo");
        assertThat(bubble("endereço novo")).isVisible(patiently());
        assertThat(page.getByText("enderço antigo")).not().isVisible();
        bruno.writes("Olá! Meu pedido já saiu?");
        assertThat(chatInList("Bruno Lima")).isVisible(patiently());
        keep("inbox");
    }

    @Test
    void whatWasWrittenOnceIsSentOnceEvenWhenTheButtonIsPressedTwice() throws Exception {
        ana.writes("Alguém aí?");
        openChat("Ana Souza");
        page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Mensagem")).fill("Estou aqui, diga!");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Enviar").setExact(true)).dblclick();
        assertThat(bubble("Estou aqui, diga!").getByLabel("entregue")).isVisible(patiently());
        waha.awaitQuiet(Duration.ofSeconds(10));
        org.assertj.core.api.Assertions.assertThat(waha.ledger().timesSent("Estou aqui, diga!")).isEqualTo(1);
    }

    @Test
    void filesAreSeenHeardAndSaved() throws Exception {
        ana.sends(Content.photo("Olha a foto"));
        ana.sends(Content.voice(1));
        ana.sends(Content.document("nota fiscal.pdf", ""));
        openChat("Ana Souza");
        var photo = bubble("Olha a foto");
        assertThat(photo.locator("img")).isVisible(patiently());
        org.assertj.core.api.Assertions.assertThat((int) photo.locator("img").evaluate("picture => picture.decode().then(() => picture.naturalWidth)"))
                .isPositive();
        photo.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Foto: ampliar")).click();
        var large = page.getByRole(AriaRole.DIALOG);
        assertThat(large.getByRole(AriaRole.IMG, new Locator.GetByRoleOptions().setName("Foto"))).isVisible(patiently());
        page.keyboard().press("Escape");
        assertThat(large).not().isVisible();

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Mensagem de voz: reproduzir")).last().click();
        var seconds = page.locator("audio").last().evaluate("""
                sound => new Promise(told => sound.readyState > 0 ? told(sound.duration) : sound.onloadedmetadata = () => told(sound.duration))
                """);
        org.assertj.core.api.Assertions.assertThat(((Number) seconds).doubleValue()).isBetween(0.5, 1.5);

        var saved = page.waitForDownload(() ->
                page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Salvar nota fiscal.pdf")).last().click());
        org.assertj.core.api.Assertions.assertThat(saved.suggestedFilename()).isEqualTo("nota fiscal.pdf");
        org.assertj.core.api.Assertions.assertThat(Files.readString(saved.path())).startsWith("%PDF-");
    }

    @Test
    void aPictureIsSentWithWordsUnderIt() throws Exception {
        ana.writes("Tem foto?");
        openChat("Ana Souza");
        var canvas = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", canvas);
        page.locator("input[type=file]").setInputFiles(new FilePayload("vitrine.png", "image/png", canvas.toByteArray()));
        assertThat(page.getByText("vitrine.png")).isVisible(patiently());
        write("Esta é a vitrine");
        var sent = bubble("Esta é a vitrine");
        assertThat(sent.getByLabel("entregue", new Locator.GetByLabelOptions().setExact(true))).isVisible(patiently());
        assertThat(sent.locator("img")).isVisible(patiently());
        org.assertj.core.api.Assertions.assertThat((int) sent.locator("img").evaluate("picture => picture.decode().then(() => picture.naturalWidth)"))
                .isEqualTo(40);
        assertThat(page.getByText("vitrine.png")).not().isVisible();
    }

    @Test
    void aVoiceNoteIsRecordedSentAndHeard() {
        context.grantPermissions(List.of("microphone"));
        bruno.writes("Me manda um áudio?");
        openChat("Bruno Lima");
        button("Gravar mensagem de voz").click();
        assertThat(page.getByRole(AriaRole.TIMER, new Page.GetByRoleOptions().setName("Duração")))
                .hasText("0:02", new HasTextOptions().setTimeout(PATIENCE_MILLIS));
        button("Enviar mensagem de voz").click();
        var sent = page.getByRole(AriaRole.ARTICLE).last();
        assertThat(sent.getByLabel("entregue", new Locator.GetByLabelOptions().setExact(true))).isVisible(patiently());
        sent.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Mensagem de voz: reproduzir")).click();
        org.assertj.core.api.Assertions.assertThat((boolean) page.locator("audio").last().evaluate("""
                sound => new Promise(told => sound.currentTime > 0 ? told(true) : sound.ontimeupdate = () => sound.currentTime > 0 && told(true))
                """)).isTrue();
    }

    @Test
    void anUnreadMessageIsCountedAndReadByLooking() {
        bruno.writes("Primeira");
        bruno.writes("Segunda");
        var chat = chatInList("Bruno Lima");
        assertThat(chat.getByLabel(Pattern.compile("mensagens? não lidas?"))).isVisible(patiently());
        chat.click();
        assertThat(bubble("Segunda")).isVisible(patiently());
        assertThat(chatInList("Bruno Lima").getByLabel(Pattern.compile("mensagens? não lidas?")))
                .not().isVisible(patiently());
    }

    @Test
    void aScreenThatWasOfflineShowsWhatItMissed() {
        ana.writes("antes");
        openChat("Ana Souza");
        assertThat(bubble("antes").last()).isVisible(patiently());
        context.setOffline(true);
        ana.writes("enquanto estava fora");
        context.setOffline(false);
        assertThat(bubble("enquanto estava fora")).isVisible(patiently());
    }

    @Test
    void markupFromACustomerIsShownAndNotRun() {
        ana.writes("<img src=x onerror=\"document.title='hacked'\"><b>oi</b>");
        openChat("Ana Souza");
        assertThat(page.getByText("<b>oi</b>").last()).isVisible(patiently());
        assertThat(page).not().hasTitle("hacked");
    }

    /** With the mouse and with the keyboard; what the server refuses goes back, and who looks on sees it. */
    @Test
    void aCardIsDraggedOnTheBoard() throws Exception {
        openUsualPipeline();
        for (var name : List.of("Carla Dias", "Davi Reis")) {
            var contact = program.post("/api/v1/contacts", "{\"name\":\"" + name + "\"}").path("id").asString();
            program.post("/api/v1/deals", "{\"contactId\":\"" + contact + "\",\"value\":{\"amount\":129900,\"currency\":\"BRL\"}}");
        }
        assertThat(card("Novo", "Davi Reis")).isVisible(patiently());
        assertThat(column("Novo").getByText("2.598,00")).isVisible(patiently());
        var otherContext = browser.newContext(new Browser.NewContextOptions().setLocale("pt-BR").setViewportSize(1360, 820));
        var other = signedIn(otherContext);
        other.navigate(page.url());
        assertThat(in(other, "Novo", "Carla Dias")).isVisible(patiently());

        drag(card("Novo", "Carla Dias"), column("Proposta"));
        assertThat(card("Proposta", "Carla Dias")).isVisible(patiently());
        assertThat(column("Proposta").getByText("1.299,00").first()).isVisible(patiently());
        assertThat(in(other, "Proposta", "Carla Dias")).isVisible(patiently());
        otherContext.close();
        keep("board");

        card("Proposta", "Carla Dias").focus();
        page.keyboard().press("Space");
        page.keyboard().press("ArrowLeft");
        page.keyboard().press("Space");
        assertThat(card("Em conversa", "Carla Dias")).isVisible(patiently());
        page.reload();
        assertThat(card("Em conversa", "Carla Dias")).isVisible(patiently());

        var pipeline = program.get("/api/v1/pipelines").path("items").get(0);
        var from = pipeline.path("statuses").get(0).path("id").asString();
        program.patch("/api/v1/pipelines/" + pipeline.path("id").asString() + "/statuses/" + from,
                pipeline.path("version").asLong(), "{\"next\":[]}");
        drag(card("Novo", "Davi Reis"), column("Ganho"));
        assertThat(page.getByText("Este funil não leva deste status para aquele.")).isVisible(patiently());
        assertThat(card("Novo", "Davi Reis")).isVisible(patiently());
        assertThat(card("Ganho", "Davi Reis")).not().isVisible();
    }

    /** Each for itself: one that may not move stays, is named with the reason, and keeps none of the others. */
    @Test
    void severalCardsAreMovedAtOnce() throws Exception {
        openUsualPipeline();
        var pipeline = program.post("/api/v1/pipelines", """
                {"name":"Assinaturas","statuses":[{"name":"Teste","kind":"open","colour":"#1c7ed6"},
                 {"name":"Pausada","kind":"open","colour":"#f59f00"},{"name":"Ativa","kind":"open","colour":"#2f9e44"}]}""");
        var paused = pipeline.path("statuses").get(1).path("id").asString();
        program.patch("/api/v1/pipelines/" + pipeline.path("id").asString() + "/statuses/" + paused,
                pipeline.path("version").asLong(), "{\"next\":[]}");
        for (var name : List.of("Julia Melo", "Kaio Melo", "Lara Melo")) {
            var contact = program.post("/api/v1/contacts", "{\"name\":\"" + name + "\"}").path("id").asString();
            program.post("/api/v1/deals", "{\"contactId\":\"%s\",\"pipelineId\":\"%s\",\"statusId\":%s}".formatted(contact,
                    pipeline.path("id").asString(), name.startsWith("Lara") ? "\"" + paused + "\"" : "null"));
        }
        page.navigate(program.uri("/pipelines/" + pipeline.path("id").asString()).toString());
        page.getByLabel("Marcar Julia Melo").check();
        card("Teste", "Kaio Melo").click(new Locator.ClickOptions().setModifiers(List.of(KeyboardModifier.CONTROL)).setPosition(12, 6));
        page.getByLabel("Marcar Lara Melo").check();
        assertThat(page.getByText("3 cartões marcados")).isVisible(patiently());
        keep("marked");
        button("Mover para").click();
        menuItem("Ativa").click();
        assertThat(card("Ativa", "Julia Melo")).isVisible(patiently());
        assertThat(card("Ativa", "Kaio Melo")).isVisible(patiently());
        assertThat(page.getByText("Lara Melo: Este funil não leva deste status para aquele.")).isVisible(patiently());
        keep("marked-refused");
        button("Fechar").click();
        assertThat(card("Pausada", "Lara Melo")).isVisible(patiently());
        assertThat(page.getByText("1 cartão marcado")).isVisible(patiently());
        page.setViewportSize(390, 844);
        keep("marked-phone");
        button("Desmarcar").click();
        page.reload();
        assertThat(card("Ativa", "Kaio Melo")).isVisible(patiently());
    }

    /** From its name to what a status asks for; only whoever may set pipelines up comes here. */
    @Test
    void aPipelineIsSetUpByWhoMay() throws Exception {
        program.post("/api/v1/contact-fields", """
                {"key":"cpf","label":"CPF","type":"text"}""");
        openUsualPipeline();
        link("Configurar").click();
        button("Novo funil").click();
        var dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("Nome").fill("Parcerias");
        in(dialog, "Criar um funil").click();
        var general = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Geral"));
        var name = general.getByLabel("Nome");
        assertThat(name).hasValue("Parcerias", new HasValueOptions().setTimeout(PATIENCE_MILLIS));

        name.fill("Parceiros");
        page.getByLabel("Minutos de silêncio que encerram uma sessão").fill("90");
        button("Salvar").click();
        assertThat(page.getByText("Funil salvo")).isVisible(patiently());
        button("Novo status").click();
        dialog.getByLabel("Nome").fill("Contrato");
        choose("Tipo", "aberto");
        dialog.getByRole(AriaRole.TEXTBOX, new Locator.GetByRoleOptions().setName("Cor").setExact(true)).fill("#0c8599");
        in(dialog, "Salvar").click();
        assertThat(listed("Contrato")).isVisible(patiently());
        button("Mover Contrato para cima").click();
        in(listed("Novo"), "Editar").click();
        dialog.getByLabel("Nome").fill("Primeiro contato");
        dialog.getByLabel("Leva a todos os outros status").uncheck(new Locator.UncheckOptions().setForce(true));
        choose("Leva a", "Em conversa");
        page.keyboard().press("Escape");
        choose("Campos obrigatórios", "CPF");
        page.keyboard().press("Escape");
        keep("pipeline-status");
        in(dialog, "Salvar").click();
        assertThat(listed("Primeiro contato").getByText("Leva a: Em conversa")).isVisible(patiently());
        in(listed("Proposta"), "Arquivar").click();
        assertThat(in(listed("Proposta"), "Restaurar")).isVisible(patiently());
        page.getByLabel("Novo motivo").fill("Preço");
        button("Adicionar motivo").click();
        assertThat(listed("Preço")).isVisible(patiently());
        keep("pipeline-settings");
        page.setViewportSize(390, 844);
        keep("pipeline-settings-phone");
        page.setViewportSize(1360, 820);

        var made = program.get("/api/v1/pipelines").path("items").valueStream()
                .filter(one -> one.path("name").asString().equals("Parceiros")).findFirst().orElseThrow();
        org.assertj.core.api.Assertions.assertThat(made.path("sessionTimeoutMinutes").asInt()).isEqualTo(90);
        var statuses = made.path("statuses");
        org.assertj.core.api.Assertions.assertThat(statuses.valueStream()
                .map(one -> one.path("name").asString() + " " + one.path("archived").asBoolean())).containsExactly("Primeiro contato false", "Em conversa false", "Proposta true", "Ganho false", "Contrato false", "Perdido false");
        org.assertj.core.api.Assertions.assertThat(statuses.get(0).path("next")).hasSize(1);
        org.assertj.core.api.Assertions.assertThat(statuses.get(0).path("requiredFields")).hasSize(1);

        in(general, "Arquivar").click();
        in(general, "Restaurar").click();
        assertThat(listed("Contrato")).isVisible(patiently());
        var settings = page.url();
        link("Ver o quadro").click();
        assertThat(column("Primeiro contato")).isVisible(patiently());

        program.post("/api/v1/members", """
                {"name":"Davi Reis","email":"davi@loja.example","password":"cavalo bateria grampo","role":"agent"}""");
        try (var his = browser.newContext(new Browser.NewContextOptions().setLocale("pt-BR").setViewportSize(1360, 820))) {
            var davi = signedIn(his, "davi@loja.example", "cavalo bateria grampo");
            davi.navigate(program.uri("/pipelines/" + made.path("id").asString()).toString());
            assertThat(davi.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Primeiro contato"))).isVisible(patiently());
            assertThat(davi.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Configurar"))).not().isVisible();
            davi.navigate(settings);
            assertThat(davi.getByText("Seu papel não altera funis.")).isVisible(patiently());
        }
    }

    private Locator listed(String name) {
        return page.getByRole(AriaRole.LISTITEM, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator in(Locator where, String button) {
        return where.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button).setExact(true));
    }

    @Test
    void whatIsTooMuchForOneIsEscalated() throws Exception {
        var agent = program.post("/api/v1/agents", """
                {"kind":"bot","name":"Especialista","capacity":5}""").path("id").asString();
        var team = program.post("/api/v1/teams", """
                {"name":"Reembolsos"}""").path("id").asString();
        program.post("/api/v1/teams/" + team + "/agents", "{\"agentId\":\"" + agent + "\"}");
        bruno.writes("Quero meu dinheiro de volta");
        openChat("Bruno Lima");
        button("Escalar").click();
        var dialog = page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Escalar a sessão"));
        in(dialog, "Escalar").click();
        assertThat(page.getByText("Nenhuma regra diz para quem escalar. Escolha uma equipe ou um agente.")).isVisible(patiently());
        choose("Para", "Reembolsos");
        dialog.getByLabel("Motivo").fill("Pede reembolso");
        keep("escalate");
        in(dialog, "Escalar").click();
        assertThat(page.getByText("Com Reembolsos")).isVisible(patiently());
        assertThat(page.getByText("Prioridade alta")).isVisible(patiently());
        keep("escalated");

        // Nobody of the team is there, which whoever supervises is told.
        assertThat(button("Notificações: 1 não vista")).isVisible(patiently());
        link("Contatos").click();
        button("Notificações: 1 não vista").click();
        page.getByRole(AriaRole.LINK).filter(new Locator.FilterOptions().setHasText(
                "A conversa com Bruno Lima foi escalada para Reembolsos, e ninguém da equipe está disponível")).click();
        assertThat(page.getByText("Com Reembolsos")).isVisible(patiently());
        assertThat(button("Notificações")).isVisible(patiently());
    }

    /** The first that comes here makes it. */
    private void openUsualPipeline() {
        link("Funil").click();
        var create = button("Criar um funil");
        assertThat(create.or(column("Novo"))).isVisible(patiently());
        if (create.isVisible()) create.click();
        assertThat(column("Novo")).isVisible(patiently());
    }

    @Test
    void whoTakesConversationsSaysSoAndIsTakenAtTheirWord() throws Exception {
        var owner = program.get("/api/v1/me").path("user").path("id").asString();
        program.post("/api/v1/agents", "{\"kind\":\"human\",\"userId\":\"" + owner + "\"}");
        page.reload();
        openAccount();
        menuItem("Disponível").click();
        Awaitility.await().atMost(Duration.ofMillis((long) PATIENCE_MILLIS)).until(() -> {
            var agent = program.get("/api/v1/agents/me");
            return agent.path("availability").asString().equals("online") && agent.hasNonNull("lastSeenAt");
        });
        openAccount();
        assertThat(menuItem("Disponível")).hasAttribute("aria-checked", "true");
    }

    private Locator menuItem(String name) {
        return page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private void openAccount() {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Conta d"))).click();
    }

    /** It opens what it was made for, is told this once, and opens nothing once it is revoked. */
    @Test
    void aKeyIsMadeAndRevoked() throws Exception {
        link("Equipe").click();
        link("Chaves de API").click();
        button("Nova chave").click();
        page.getByLabel("Nome").fill("Loja virtual");
        page.getByLabel("Ver contatos").check();
        keep("new-key");
        button("Criar chave").click();
        var key = page.getByLabel("Chave", new Page.GetByLabelOptions().setExact(true)).innerText();
        org.assertj.core.api.Assertions.assertThat(statusWith(key)).isEqualTo(200);
        button("Já guardei").click();
        assertThat(page.getByText(key)).not().isVisible();
        var card = page.getByRole(AriaRole.LISTITEM, new Page.GetByRoleOptions().setName("Loja virtual"));
        assertThat(card.getByText("Ver contatos")).isVisible(patiently());
        keep("keys");

        card.getByRole(AriaRole.BUTTON).click();
        button("Revogar agora").click();
        assertThat(card).not().isVisible(patiently());
        org.assertj.core.api.Assertions.assertThat(statusWith(key)).isEqualTo(401);
    }

    private int statusWith(String key) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(program.uri("/api/v1/contacts")).header("Authorization", "Bearer " + key)
                    .timeout(Duration.ofMillis((long) PATIENCE_MILLIS)).build(), BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void whoMayOnlyLookFindsNothingOfTheTeamThatIsRefused() throws Exception {
        program.post("/api/v1/members", """
                {"name":"Nina Vaz","email":"nina@loja.example","password":"%s","role":"viewer"}""".formatted(Program.OWNER_PASSWORD));
        context.close();
        context = browser.newContext(new Browser.NewContextOptions().setLocale("pt-BR").setViewportSize(1360, 820));
        page = signedIn(context, "nina@loja.example", Program.OWNER_PASSWORD);
        page.navigate(program.uri("/team").toString());
        var nina = page.getByRole(AriaRole.LISTITEM, new Page.GetByRoleOptions().setName("Nina Vaz"));
        assertThat(nina.getByText("Só leitura")).isVisible(patiently());
        assertThat(page.getByText("Só quem administra a equipe convida pessoas e muda papéis.")).isVisible();
        assertThat(button("Convidar")).not().isVisible();
        assertThat(button("Desativar")).not().isVisible();
        keep("team-viewer");
        page.setViewportSize(390, 844);
        keep("team-viewer-phone");
        page.navigate(program.uri("/team/keys").toString());
        assertThat(page.getByText("Seu perfil não abre esta tela")).isVisible(patiently());
        assertThat(button("Nova chave")).not().isVisible();
        keep("keys-viewer-phone");
        page.navigate(program.uri("/contacts").toString());
        assertThat(button("Filtrar")).isVisible(patiently());
        assertThat(button("Novo contato")).not().isVisible();
    }

    @Test
    void aRoleIsPutTogetherAndRemoved() {
        link("Equipe").click();
        link("Papéis").click();
        button("Novo papel").click();
        page.getByLabel("Nome do papel").fill("Caixa");
        page.getByLabel("Ver conversas").check();
        button("Salvar").click();
        var card = page.getByRole(AriaRole.LISTITEM, new Page.GetByRoleOptions().setName("Caixa"));
        assertThat(card.getByText("Ver conversas")).isVisible(patiently());
        keep("roles");
        card.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Excluir")).click();
        button("Excluir agora").click();
        assertThat(card).not().isVisible(patiently());
    }

    /** By a colleague of their own, so that the others go on signing in as before. */
    @Test
    void theCompanyIsSetUpAndAProfileIsChanged() throws Exception {
        program.post("/api/v1/members", """
                {"name":"Rita","email":"rita@loja.example","password":"%s","role":"admin"}""".formatted(Program.OWNER_PASSWORD));
        context.close();
        context = browser.newContext(new Browser.NewContextOptions().setLocale("pt-BR").setViewportSize(1360, 820));
        page = signedIn(context, "rita@loja.example", Program.OWNER_PASSWORD);
        link("Equipe").click();
        link("Empresa").click();
        var name = page.getByLabel("Nome");
        name.fill("Loja da Rita");
        var country = page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("País"));
        assertThat(country).hasValue("Brasil");
        var zone = page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Fuso horário"));
        zone.fill("recife");
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("America/Recife")).click();
        page.getByLabel("Minutos de silêncio até a sessão terminar").fill("45");
        keep("company");
        button("Salvar").click();
        assertThat(page.getByText("As configurações foram salvas.")).isVisible(patiently());
        page.reload();
        assertThat(name).hasValue("Loja da Rita", new HasValueOptions().setTimeout(PATIENCE_MILLIS));
        assertThat(zone).hasValue("America/Recife");
        var project = program.get("/api/v1/projects").path("items").get(0);
        org.assertj.core.api.Assertions.assertThat(List.of(project.path("sessionTimeoutMinutes").asInt(), project.path("country").asString()))
                .isEqualTo(List.of(45, "BR"));

        page.navigate(program.uri("/account").toString());
        var profile = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Meu perfil"));
        profile.getByLabel("Nome").fill("Rita Reis");
        profile.getByLabel("E-mail").fill("Rita.Reis@loja.example");
        profile.getByLabel("Senha atual").fill(Program.OWNER_PASSWORD);
        keep("profile");
        profile.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Salvar")).click();
        assertThat(page.getByText("Seu perfil foi salvo.")).isVisible(patiently());
        assertThat(page.getByLabel("Conta de Rita Reis")).isVisible(patiently());
        page.reload();
        assertThat(profile.getByLabel("Nome")).hasValue("Rita Reis", new HasValueOptions().setTimeout(PATIENCE_MILLIS));
        assertThat(profile.getByLabel("E-mail")).hasValue("rita.reis@loja.example");
    }

    /** Merged with the keyboard alone, and taken apart on a phone. */
    @Test
    void twoContactsAreMergedAndTakenApart() throws Exception {
        var kept = program.post("/api/v1/contacts", """
                {"name":"Elisa Prado","phones":["+5511998000201"],"tags":["vip"]}""").path("id").asString();
        var other = program.post("/api/v1/contacts", """
                {"name":"Elisa da loja","phones":["+5511998000202"],"tags":["atacado"]}""").path("id").asString();
        program.post("/api/v1/contacts/" + other + "/notes", "{\"text\":\"Prefere de manhã\"}");
        page.navigate(program.uri("/contacts/" + kept).toString());
        var sheet = page.getByRole(AriaRole.ARTICLE, new Page.GetByRoleOptions().setName("Dados do contato"));
        page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Etiquetas")).fill("cliente antigo");
        page.keyboard().press("Enter");
        assertThat(sheet.getByText("cliente antigo").first()).isVisible(patiently());

        button("Unir com outro contato…").focus();
        page.keyboard().press("Enter");
        var search = page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("O outro contato"));
        assertThat(search).isFocused(new IsFocusedOptions().setTimeout(PATIENCE_MILLIS));
        page.keyboard().type("Elisa da");
        assertThat(page.getByRole(AriaRole.OPTION)).hasCount(1, new HasCountOptions().setTimeout(PATIENCE_MILLIS));
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        var outcome = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Depois de unir"));
        assertThat(outcome.getByText("1 nota")).isVisible(patiently());
        assertThat(outcome.getByText("Nome: Elisa da loja")).isVisible(patiently());
        keep("merge");
        button("Unir contatos").focus();
        page.keyboard().press("Enter");
        assertThat(sheet.getByText("Prefere de manhã")).isVisible(patiently());
        assertThat(sheet.getByText("+55 11 99800-0202").first()).isVisible(patiently());
        assertThat(sheet.getByText("atacado").first()).isVisible(patiently());
        keep("contact");

        page.setViewportSize(390, 844);
        page.navigate(program.uri("/contacts/" + other).toString());
        assertThat(page).hasURL(program.uri("/contacts/" + kept).toString(), new HasURLOptions().setTimeout(PATIENCE_MILLIS));
        assertThat(button("Separar")).isVisible(patiently());
        keep("contact-phone");
        button("Separar").click();
        button("Separar agora").click();
        assertThat(sheet.getByText("Prefere de manhã")).not().isVisible(patiently());
        page.navigate(program.uri("/contacts/" + other).toString());
        assertThat(sheet.getByText("Prefere de manhã")).isVisible(patiently());
        assertThat(page).hasURL(program.uri("/contacts/" + other).toString());
    }

    private Locator link(String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true)).first();
    }

    private Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    @Test
    void somebodyIsEnteredOnceOnTheContactsPage() throws Exception {
        link("Contatos").click();
        button("Novo contato").click();
        var dialog = page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Novo contato"));
        dialog.getByLabel("Nome").fill("Gabi Rocha");
        dialog.getByLabel("Telefone").fill("123");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Criar contato")).click();
        assertThat(dialog.getByText("Isto não é um número de telefone.")).isVisible(patiently());
        dialog.getByLabel("Telefone").fill("11 99800-0301");
        dialog.getByRole(AriaRole.COMBOBOX, new Locator.GetByRoleOptions().setName("Etiquetas")).fill("feira");
        page.keyboard().press("Enter");
        keep("new-contact");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Criar contato")).click();
        var sheet = page.getByRole(AriaRole.ARTICLE, new Page.GetByRoleOptions().setName("Dados do contato"));
        assertThat(sheet.getByText("+55 11 99800-0301").first()).isVisible(patiently());
        assertThat(sheet.getByText("feira").first()).isVisible(patiently());
        var made = page.url();

        page.setViewportSize(390, 844);
        page.navigate(program.uri("/contacts").toString());
        button("Novo contato").click();
        dialog.getByLabel("Telefone").fill("+55 11 99800-0301");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Criar contato")).click();
        assertThat(dialog.getByText("Este número já é de alguém.")).isVisible(patiently());
        keep("new-contact-phone");
        dialog.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Gabi Rocha")).click();
        assertThat(page).hasURL(made, new HasURLOptions().setTimeout(PATIENCE_MILLIS));
    }

    /** What is filtered stands in the address, and is the same for whoever opens it. */
    @Test
    void contactsAreFilteredByWhatIsKnownOfThem() throws Exception {
        ana.writes("Oi");
        assertThat(chatInList("Ana Souza")).isVisible(patiently());
        openUsualPipeline();
        var pipeline = program.post("/api/v1/pipelines", """
                {"name":"Pós-venda","statuses":[{"name":"Entregue","kind":"open","colour":"#1c7ed6"}]}""").path("id").asString();
        program.post("/api/v1/contact-fields", """
                {"key":"cor","label":"Cor","type":"select","options":["Azul","Verde"]}""");
        var helena = program.post("/api/v1/contacts", """
                {"name":"Helena Paz","fields":{"cor":"Azul"}}""").path("id").asString();
        program.post("/api/v1/contacts", """
                {"name":"Ivo Paz","fields":{"cor":"Verde"}}""");
        program.post("/api/v1/deals", "{\"contactId\":\"" + helena + "\",\"pipelineId\":\"" + pipeline + "\"}");
        link("Contatos").click();
        assertThat(contact("Ivo Paz")).isVisible(patiently());

        button("Filtrar").click();
        choose("Campo", "Cor");
        choose("Cor é", "Azul");
        assertThat(contact("Ivo Paz")).not().isVisible(patiently());
        assertThat(contact("Helena Paz")).isVisible(patiently());
        choose("Status no funil", "Entregue");
        keep("filter");
        page.keyboard().press("Escape");
        contact("Helena Paz").click();
        page.reload();
        assertThat(page.getByText("Status no funil: Entregue")).isVisible(patiently());
        assertThat(contact("Helena Paz")).isVisible(patiently());
        assertThat(contact("Ivo Paz")).not().isVisible();
        keep("filtered");

        page.setViewportSize(390, 844);
        link("Voltar").click();
        button("Filtrar").click();
        choose("Última mensagem", "nos últimos 7 dias");
        keep("filter-phone");
        page.keyboard().press("Escape");
        assertThat(page.getByText("Ninguém com este filtro")).isVisible(patiently());
        keep("filter-nobody");
        button("Tirar do filtro: Status no funil: Entregue").click();
        button("Tirar do filtro: Cor: Azul").click();
        assertThat(contact("Ana Souza")).isVisible(patiently());
        assertThat(contact("Helena Paz")).not().isVisible();
        button("Tirar do filtro: Última mensagem nos últimos 7 dias").click();
        assertThat(contact("Ivo Paz")).isVisible(patiently());
    }

    private Locator contact(String name) {
        return page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Lista de contatos"))
                .getByRole(AriaRole.LINK).filter(new Locator.FilterOptions().setHasText(name));
    }

    private void choose(String what, String choice) {
        page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName(what).setExact(true)).click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(choice).setExact(true)).click();
    }

    @Test
    void whatTheCompanyWantsToKnowIsFilledInOnTheContactsPage() throws Exception {
        program.post("/api/v1/contact-fields", """
                {"key":"credito","label":"Limite de crédito","type":"money","currency":"BRL"}""");
        program.post("/api/v1/contact-fields", """
                {"key":"porte","label":"Porte","type":"select","options":["Loja","Atacado"]}""");
        program.post("/api/v1/contact-fields", """
                {"key":"nascimento","label":"Nascimento","type":"date"}""");
        var clara = "/contacts/" + program.post("/api/v1/contacts", """
                {"name":"Clara Dias","phones":["+5511998000177"]}""").path("id").asString();
        page.navigate(program.uri(clara).toString());
        var fields = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Campos"));
        fields.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Editar campos")).click();
        fields.getByLabel("Limite de crédito").fill("1234,5");
        fields.getByLabel("Nascimento").fill("1990-04-30");
        fields.getByRole(AriaRole.COMBOBOX, new Locator.GetByRoleOptions().setName("Porte")).click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("Atacado")).click();
        fields.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Salvar")).click();
        assertThat(fields.getByText(Pattern.compile("R\\$\\s1\\.234,50"))).isVisible(patiently());
        assertThat(fields.getByText("30 de abr. de 1990")).isVisible(patiently());
        org.assertj.core.api.Assertions.assertThat(program.get("/api/v1" + clara).path("fields")).isEqualTo(Program.JSON.readTree("""
                {"credito": 1234.5, "nascimento": "1990-04-30", "porte": "Atacado"}"""));
    }

    /** On a screen that is open already; the note is shown, and counts as seen. */
    @Test
    void aColleagueMentionsMeAndTheBellLeadsToTheNote() throws Exception {
        var me = program.get("/api/v1/me").path("name").asString();
        program.post("/api/v1/members", """
                {"name":"Bia Lima","email":"bia@loja.example","password":"cavalo bateria grampo","role":"agent"}""");
        var fabio = program.uri("/contacts/" + program.post("/api/v1/contacts", "{\"name\":\"Fábio Nunes\"}").path("id").asString()).toString();
        assertThat(button("Notificações")).isVisible(patiently());
        try (var hers = browser.newContext(new Browser.NewContextOptions().setLocale("pt-BR").setViewportSize(1360, 820))) {
            var bia = signedIn(hers, "bia@loja.example", "cavalo bateria grampo");
            bia.navigate(fabio);
            bia.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Escreva uma nota")).fill("Quer falar com quem decide");
            bia.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Mencionar colegas")).click();
            bia.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(me)).click();
            bia.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Anotar")).click();
            assertThat(bia.getByText("Menciona " + me)).isVisible(patiently());
        }
        var bell = button("Notificações: 1 não vista");
        assertThat(bell).isVisible(patiently());
        bell.click();
        var told = page.getByRole(AriaRole.LINK).filter(new Locator.FilterOptions().setHasText("Bia Lima mencionou você em uma nota sobre Fábio Nunes"));
        assertThat(told.getByText("Quer falar com quem decide")).isVisible(patiently());
        keep("notifications");
        told.click();
        assertThat(page).hasURL(Pattern.compile(fabio + "#note-.+"), new HasURLOptions().setTimeout(PATIENCE_MILLIS));
        var note = page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Notas")).getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions().setHasText("Quer falar com quem decide"));
        assertThat(note).hasAttribute("aria-current", "true");
        assertThat(button("Notificações")).isVisible(patiently());

        page.setViewportSize(390, 844);
        page.navigate(program.uri("/contacts").toString());
        button("Notificações").click();
        told.click();
        assertThat(note).hasAttribute("aria-current", "true");
    }

    /** What was deleted is found and comes back: first the contact, then one of its notes; and the contact is put on a list. */
    @Test
    void whoWasDeletedComesBackWithWhatWasWrittenAndIsPutOnAList() throws Exception {
        program.post("/api/v1/members", """
                {"name":"Zilda Alves","email":"zilda@loja.example","password":"cavalo bateria grampo","role":"agent"}""");
        program.post("/api/v1/contact-lists", "{\"name\":\"Feira\"}");
        program.post("/api/v1/contact-lists", """
                {"name":"Davis","filter":{"field":"name","startsWith":"davi"}}""");
        var davi = "/contacts/" + program.post("/api/v1/contacts", "{\"name\":\"Davi Rocha\"}").path("id").asString();
        program.post("/api/v1" + davi + "/notes", "{\"text\":\"Prefere boleto\"}");
        program.delete("/api/v1" + davi);
        link("Contatos").click();
        assertThat(contact("Davi Rocha")).not().isVisible(patiently());
        button("Filtrar").click();
        var gone = page.getByRole(AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName("Excluídos"));
        gone.click();
        assertThat(gone).isChecked();
        page.keyboard().press("Escape");
        contact("Davi Rocha").click();
        button("Recuperar contato").click();
        assertThat(contact("Davi Rocha")).not().isVisible(patiently());
        button("Tirar do filtro: Excluídos").click();
        assertThat(contact("Davi Rocha")).isVisible(patiently());

        button("Editar nota").click();
        var notes = page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Notas").setExact(true));
        notes.getByRole(AriaRole.COMBOBOX, new Locator.GetByRoleOptions().setName("Mencionar colegas")).click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("Zilda Alves")).click();
        keep("note-mentions");
        notes.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Salvar")).click();
        assertThat(page.getByText("Menciona Zilda Alves")).isVisible(patiently());
        button("Excluir nota").click();
        assertThat(page.getByText("Nota excluída.")).isVisible(patiently());
        page.reload();
        button("Ver notas excluídas").click();
        var deleted = page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Notas excluídas"));
        assertThat(deleted.getByText("Prefere boleto")).isVisible(patiently());
        keep("deleted-notes");
        deleted.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Recuperar")).click();
        assertThat(notes.getByText("Prefere boleto")).isVisible(patiently());

        choose("Listas", "Feira");
        var lists = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Listas"));
        assertThat(lists.getByText("Davis")).isVisible(patiently());
        assertThat(lists.getByText("Feira").first()).isVisible(patiently());
        keep("lists");
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> org.assertj.core.api.Assertions.assertThat(
                program.get("/api/v1" + davi + "/lists").path("items").findValuesAsString("name")).containsExactly("Davis", "Feira"));
    }

    @Test
    void whoAnswersIsSeenByTheCustomerAndByColleagues() throws Exception {
        program.post("/api/v1/members", """
                {"name":"Caio Reis","email":"caio@loja.example","password":"cavalo bateria grampo","role":"agent"}""");
        bruno.writes("Quem me atende?");
        openChat("Bruno Lima");
        var header = page.getByRole(AriaRole.STATUS).filter(new Locator.FilterOptions().setHasText("Caio Reis está respondendo"));
        try (var his = browser.newContext(new Browser.NewContextOptions().setLocale("pt-BR").setViewportSize(1360, 820))) {
            var caio = signedIn(his, "caio@loja.example", "cavalo bateria grampo");
            caio.navigate(page.url());
            var composer = caio.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Mensagem"));
            composer.pressSequentially("Sou eu, Bru");
            assertThat(header).isVisible(patiently());
            assertThat(caio.getByText("Caio Reis está respondendo")).not().isVisible();
            composer.fill("Sou eu, Bruno!");
            composer.press("Enter");
            assertThat(bubble("Sou eu, Bruno!")).isVisible(patiently());
            assertThat(header).not().isVisible();
        }
        org.assertj.core.api.Assertions.assertThat(waha.ledger().acts()).extracting(Ledger.Act::kind).contains("typing", "stopped typing");
    }

    @Test
    void aChatIsLabelledHereAndOnThePhone() {
        var phone = waha.session("vendas").orElseThrow();
        phone.label("Novo cliente", 0);
        phone.label("Pago", 1);
        ana.writes("Posso pagar no pix?");
        openChat("Ana Souza");
        button("Mudar etiquetas").click();
        page.getByRole(AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName("Novo cliente")).click();
        var shown = page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Etiquetas")).getByRole(AriaRole.LISTITEM);
        assertThat(shown).hasText(new String[] {"Novo cliente"});
        org.assertj.core.api.Assertions.assertThat(phone.labelsOf(ana)).containsExactly("Novo cliente");

        phone.putLabels(ana.address(), List.of("2"));
        assertThat(shown).hasText(new String[] {"Pago"}, new HasTextOptions().setTimeout(PATIENCE_MILLIS));
        link("Canais").click();
        link("WhatsApp da loja").click();
        assertThat(page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Etiquetas")).getByRole(AriaRole.LISTITEM))
                .hasText(new String[] {"Novo cliente0 conversa", "Pago1 conversa"}, new HasTextOptions().setTimeout(PATIENCE_MILLIS));
    }

    @Test
    void aChannelIsChangedArchivedAndRestoredOnItsPage() throws Exception {
        var made = program.post("/api/v1/channels", """
                {"name":"Balcão","type":"waha","waha":{"url":"%s","session":"balcao","hmacSecret":"%s"}}""".formatted(waha.url(), SECRET));
        var path = "/api/v1/channels/" + made.path("id").asString();
        link("Canais").click();
        link("Balcão").click();
        page.getByLabel("Nome do canal").fill("Balcão da loja");
        page.getByLabel("Minutos de silêncio até a sessão terminar").fill("45");
        page.getByRole(AriaRole.SWITCH, new Page.GetByRoleOptions().setName("Receber grupos")).uncheck();
        button("Salvar").click();
        assertThat(page.getByText("Ajustes salvos.")).isVisible(patiently());
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Balcão da loja"))).isVisible(patiently());
        var saved = program.get(path);
        org.assertj.core.api.Assertions.assertThat(List.of(saved.path("name").asString(), saved.path("sessionTimeoutMinutes").asInt(),
                saved.path("groups").asBoolean())).isEqualTo(List.of("Balcão da loja", 45, false));

        button("Arquivar canal").click();
        button("Arquivar agora").click();
        assertThat(button("Recuperar")).isVisible(patiently());
        assertThat(button("Salvar")).not().isVisible();
        link("Todos os canais").click();
        assertThat(link("WhatsApp da loja")).isVisible(patiently());
        assertThat(link("Balcão da loja")).not().isVisible();
        button("Mostrar canais arquivados").click();
        link("Balcão da loja").click();
        button("Recuperar").click();
        assertThat(button("Arquivar canal")).isVisible(patiently());
        org.assertj.core.api.Assertions.assertThat(program.get(path).path("archivedAt").isNull()).isTrue();
    }

    @Test
    void theOtherPagesOpen() {
        ana.writes("oi");
        assertThat(chatInList("Ana Souza")).isVisible(patiently());
        for (var place : List.of("Contatos", "Canais", "Operação")) {
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(place)).first().click();
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(place)).first())
                    .isVisible(patiently());
            assertThat(page.getByText(switch (place) {
                case "Contatos" -> "Ana Souza";
                case "Canais" -> "WhatsApp da loja";
                default -> "Imediata";
            }).first()).isVisible(patiently());
            keep(switch (place) {
                case "Contatos" -> "contacts";
                case "Canais" -> "channels";
                default -> "operations";
            });
        }
    }

    @Test
    void itWorksOnAPhoneAndInTheDark() {
        ana.writes("No celular também");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.setViewportSize(390, 844);
        openChat("Ana Souza");
        assertThat(bubble("No celular também")).isVisible(patiently());
        keep("phone-dark");
    }

    private Locator column(String status) {
        return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(status).setExact(true));
    }

    private Locator card(String status, String name) {
        return in(page, status, name);
    }

    private static Locator in(Page where, String status, String name) {
        return where.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(status).setExact(true))
                .getByRole(AriaRole.GROUP, new Locator.GetByRoleOptions().setName(name));
    }

    /** As a hand does: a drag begins only once the card has been moved a little. */
    private void drag(Locator card, Locator column) {
        var from = card.boundingBox();
        var to = column.boundingBox();
        page.mouse().move(from.x + from.width / 2, from.y + from.height - 8);
        page.mouse().down();
        page.mouse().move(from.x + from.width / 2 + 10, from.y + from.height, new Mouse.MoveOptions().setSteps(5));
        page.mouse().move(to.x + to.width / 2, to.y + 110, new Mouse.MoveOptions().setSteps(25));
        page.mouse().up();
    }

    private void openChat(String name) {
        var chat = chatInList(name);
        assertThat(chat).isVisible(patiently());
        chat.click();
    }

    private Locator chatInList(String name) {
        return page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Lista de conversas"))
                .getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(name));
    }

    private void write(String text) {
        var composer = page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Mensagem"));
        composer.fill(text);
        composer.press("Enter");
    }

    private Locator bubble(String text) {
        return page.getByRole(AriaRole.ARTICLE).filter(new Locator.FilterOptions().setHasText(text)).last();
    }

    private void keep(String name) {
        var folder = System.getProperty("screenshots");
        if (folder != null) {
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(folder, name + ".png")));
        }
    }

    private static IsVisibleOptions patiently() {
        return new IsVisibleOptions().setTimeout(PATIENCE_MILLIS);
    }

    private static Optional<Path> chromium() {
        return Stream.concat(Optional.ofNullable(System.getenv("CRM_TEST_CHROMIUM")).stream(),
                        Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
                                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"))
                .map(Path::of).filter(Files::isExecutable).findFirst();
    }
}
