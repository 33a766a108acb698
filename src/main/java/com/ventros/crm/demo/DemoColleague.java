package com.ventros.crm.demo;

import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.conversations.ChatId;
import com.ventros.crm.conversations.Outgoing;
import com.ventros.crm.conversations.SendMessage;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Envelope;
import com.ventros.crm.events.EventConsumer;
import com.ventros.crm.events.OnReplay;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * A colleague who answers every other customer and moves their card on, so that ticks rise and cards wander in the demo
 * while nobody has touched it. The other half is left to whoever looks.
 */
@Component
@Profile("demo")
class DemoColleague implements EventConsumer {

    private static final Logger log = LoggerFactory.getLogger(DemoColleague.class);
    /** She reads first, then types. */
    private static final Duration PAUSE = Duration.ofSeconds(6);
    private static final SendMessage.Author AUTHOR =
            new SendMessage.Author(Optional.empty(), "Léo (demo)");
    private static final List<String> ANSWERS = List.of(
            "Oi! 😊 Vou verificar agora mesmo e já te respondo.",
            "Temos sim! Custa R$ 129,90, ou 3x sem juros.",
            "Combinado, deixei separado no seu nome. Prefere retirar ou receber em casa?",
            "Obrigado pela mensagem! O prazo de entrega é de 2 dias úteis.",
            "Perfeito, anotado. Qualquer dúvida é só chamar por aqui!");

    private final DemoShop shop;
    private final DemoBoard board;
    private final SendMessage sendMessage;
    private final Duration pause;
    private final ScheduledExecutorService patience = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("demo-colleague").factory());

    @Autowired
    DemoColleague(DemoShop shop, DemoBoard board, SendMessage sendMessage) {
        this(shop, board, sendMessage, PAUSE);
    }

    DemoColleague(DemoShop shop, DemoBoard board, SendMessage sendMessage, Duration pause) {
        this.shop = shop;
        this.board = board;
        this.sendMessage = sendMessage;
        this.pause = pause;
    }

    @Override
    public String name() {
        return "demo-colleague";
    }

    @Override
    public Set<String> patterns() {
        return Set.of("message.created");
    }

    @Override
    public boolean transactional() {
        return false;
    }

    @Override
    public OnReplay onReplay() {
        return new OnReplay.Refuse("customers would get their answers a second time.");
    }

    @Override
    public void handle(List<Envelope> events) {
        for (var event : events) {
            if (!shop.hears(Tenancy.current(), new ChannelId(UUID.fromString(event.data().path("channelId").asString())))) continue;
            var direct = event.data().path("contactId").isString();
            if (!direct || !event.data().path("direction").asString().equalsIgnoreCase("inbound")) continue;
            var chat = UUID.fromString(event.data().path("chatId").asString());
            if (chat.getLeastSignificantBits() % 2 == 0) answerLater(event, Tenancy.current(), new ChatId(chat));
        }
    }

    @PreDestroy
    void close() {
        patience.shutdownNow();
    }

    private void answerLater(Envelope heard, TenantId tenant, ChatId chat) {
        var words = ANSWERS.get(Math.floorMod(heard.id().hashCode(), ANSWERS.size()));
        var command = new SendMessage.Command(new SendMessage.To.Chat(chat), Outgoing.text(words), Optional.empty(), AUTHOR);
        patience.schedule(() -> {
            try {
                heard.asCause(Actor.system("demo")).run(() -> Tenancy.run(tenant, () -> {
                    sendMessage.handle(command);
                    board.moveOn(UUID.fromString(heard.data().path("contactId").asString()));
                }));
            } catch (Refusal notNow) {
                log.debug("The demo's colleague could not answer", notNow);
            }
        }, pause.toMillis(), TimeUnit.MILLISECONDS);
    }
}
