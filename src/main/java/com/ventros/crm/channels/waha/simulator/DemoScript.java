package com.ventros.crm.channels.waha.simulator;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A lively day at a Brazilian shop, without end: people ask for prices, send photos and voice notes, come from an
 * advertisement, correct and delete what they wrote, and thank with a heart. Each conversation goes on when the shop
 * answers and comes to an end by itself when it does not. The seed decides who writes what and in which order; only
 * the clock and the shop's answers are not in it.
 */
public final class DemoScript implements AutoCloseable {

    /** Somebody of the cast. */
    private record Person(String name, String phone, Optional<String> lid, boolean addressedByLid) {}

    /** What happens in one conversation. */
    private interface Scene {
        void play(Talk talk) throws InterruptedException;
    }

    /** With the pauses below, enough that somebody new writes about twice a minute even when nobody is answered. */
    private static final int AT_ONCE = 10;
    /** The first ones write almost together, so that a new visitor sees life at once. */
    private static final int OPENING_RUSH = 3;
    private static final Duration BETWEEN_OPENERS = Duration.ofSeconds(3);
    private static final Duration BETWEEN_CONVERSATIONS = Duration.ofSeconds(25);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** A quick thumb writes about five letters a second. */
    private static final Duration PER_LETTER = Duration.ofMillis(200);
    private static final Duration LONGEST_TYPING = Duration.ofSeconds(9);
    private static final Duration BREATH = Duration.ofSeconds(2);
    private static final ZoneId SHOP_ZONE = ZoneId.of("America/Sao_Paulo");

    private static final List<String> FIRST_NAMES = List.of("Ana", "Bruno", "Carla", "Davi", "Elisa", "Fábio", "Gabi",
            "Hugo", "Iara", "João Pedro", "Kátia", "Lucas", "Mariana", "Natália", "Otávio", "Patrícia", "Rafael",
            "Sônia", "Thiago", "Vanessa", "Wesley", "Yasmin");
    private static final List<String> LAST_NAMES = List.of("Souza", "Lima", "Dias", "Ferreira", "Nogueira", "Rocha",
            "Alves", "Moraes", "Pinheiro", "Barbosa", "");
    /** Area codes on both sides of the ninth digit: up to 28 WhatsApp keeps it, from 31 on it does not. */
    private static final List<String> AREAS = List.of("11", "11", "21", "19", "31", "41", "51", "71", "85");
    private static final int FIRST_AREA_WITHOUT_NINE = 31;
    private static final List<String> PRODUCTS = List.of("a bolsa caramelo", "o tênis branco", "a camiseta azul",
            "o kit de velas", "a jaqueta jeans", "o relógio dourado");
    private static final List<String> DISTRICTS = List.of("Vila Mariana", "Pinheiros", "Tatuapé", "Moema", "Santana");
    private static final List<Ad> ADS = List.of(
            new Ad("120200000000000201", "https://www.instagram.com/p/EXEMPLO01/", "AfexampleDEMO0001_clid",
                    "Coleção Inverno", "Frete grátis 🚚 Clique e fale conosco!", "instagram"),
            new Ad("120200000000000202", "https://fb.me/EXEMPLO02", "AfexampleDEMO0002_clid",
                    "Oferta da semana", "Só até domingo: 20% em toda a loja", "facebook"));

    private static final List<Scene> SCENES = List.of(
            DemoScript::asksForAPrice,
            DemoScript::sendsAPhoto,
            DemoScript::comesFromAnAd,
            DemoScript::speaksAVoiceNote,
            DemoScript::asksForAPrice,
            DemoScript::sendsALocation,
            DemoScript::correctsTheOrder,
            DemoScript::deletesAMistake,
            DemoScript::missesAParcel,
            DemoScript::sendsTheReceipt);

    private final WahaSimulator simulator;
    private final String session;
    private final double speed;
    private final Random random;
    private final List<Person> cast;
    private final Set<Person> busy = new HashSet<>();
    private volatile boolean open = true;
    private Thread director;

    private DemoScript(WahaSimulator simulator, String session, long seed, double speed) {
        this.simulator = simulator;
        this.session = session;
        this.speed = speed;
        this.random = new Random(seed);
        this.cast = cast(random);
    }

    /**
     * Lets customers write to the session of this name, whenever it works, until the script is closed. The session
     * may be made, deleted and made again meanwhile.
     *
     * @param speed 1 for human pauses, 10 for ten times as fast
     */
    public static DemoScript play(WahaSimulator simulator, String session, long seed, double speed) {
        var script = new DemoScript(simulator, session, seed, speed);
        simulator.aside(script::direct);
        return script;
    }

    /** No conversation begins any more, and those under way end at their next pause. */
    @Override
    public void close() {
        open = false;
        synchronized (busy) {
            if (director != null) director.interrupt();
        }
    }

    private void direct() throws InterruptedException {
        synchronized (busy) {
            director = Thread.currentThread();
        }
        for (int number = 0; open; number++) {
            var working = simulator.awaitWorking(session);
            var person = free();
            if (person.isPresent()) {
                var seed = random.nextLong();
                var scene = number % SCENES.size() == SCENES.size() - 1 && random.nextBoolean()
                        ? (Scene) talk -> asksInAGroup(talk, working.group("Condomínio Jardim das Flores"))
                        : SCENES.get(number < OPENING_RUSH ? number : random.nextInt(SCENES.size()));
                simulator.aside(() -> perform(working, person.get(), scene, seed));
            }
            pause(random, number < OPENING_RUSH ? BETWEEN_OPENERS : BETWEEN_CONVERSATIONS);
        }
    }

    private void perform(SimulatedSession with, Person person, Scene scene, long seed) throws InterruptedException {
        try {
            scene.play(new Talk(customer(with, person), new Random(seed)));
        } finally {
            synchronized (busy) {
                busy.remove(person);
            }
        }
    }

    private Optional<Person> free() {
        synchronized (busy) {
            if (busy.size() >= AT_ONCE) return Optional.empty();
            var candidate = cast.get(random.nextInt(cast.size()));
            return busy.add(candidate) ? Optional.of(candidate) : Optional.empty();
        }
    }

    private static Customer customer(SimulatedSession session, Person person) {
        var customer = person.lid()
                .map(lid -> session.customer(person.name(), person.phone(), lid))
                .orElseGet(() -> session.customer(person.name(), person.phone()));
        return person.addressedByLid() ? customer.addressedByLid() : customer;
    }

    /** Two dozen people: most with a LID, a few known by nothing else, all with a name of their own. */
    private static List<Person> cast(Random random) {
        var people = new ArrayList<Person>();
        for (int i = 0; i < FIRST_NAMES.size(); i++) {
            var area = AREAS.get(random.nextInt(AREAS.size()));
            var nine = Integer.parseInt(area) < FIRST_AREA_WITHOUT_NINE ? "9" : "";
            var phone = "55" + area + nine + (80_000_000 + random.nextInt(10_000_000));
            var lid = random.nextInt(4) > 0 ? Optional.of("2148" + (10_000_000_000L + random.nextInt(1_000_000_000)))
                    : Optional.<String>empty();
            var name = (FIRST_NAMES.get(i) + " " + LAST_NAMES.get(random.nextInt(LAST_NAMES.size()))).strip();
            people.add(new Person(name, phone, lid, lid.isPresent() && random.nextInt(5) == 0));
        }
        return people;
    }

    /** A middle time, varied by half and divided by the speed. */
    private void pause(Random dice, Duration middle) throws InterruptedException {
        Thread.sleep(Duration.ofNanos((long) (middle.toNanos() * (0.5 + dice.nextDouble()) / speed)));
    }

    /** One conversation, as its customer sees it. */
    private final class Talk {
        private final Customer customer;
        private final Random dice;

        Talk(Customer customer, Random dice) {
            this.customer = customer;
            this.dice = dice;
        }

        String oneOf(List<String> texts) {
            return texts.get(dice.nextInt(texts.size()));
        }

        /** Thinks, types as long as the text needs, and writes. */
        String says(String text) throws InterruptedException {
            types(text);
            return customer.writes(text);
        }

        void types(String text) throws InterruptedException {
            breathes();
            customer.isTyping();
            var typing = PER_LETTER.multipliedBy(text.length());
            pause(dice, typing.compareTo(LONGEST_TYPING) > 0 ? LONGEST_TYPING : typing);
            customer.stopsTyping();
        }

        void breathes() throws InterruptedException {
            pause(dice, BREATH);
            if (!open) throw new InterruptedException("the script was closed");
        }

        /** Waits, asks once more whether anybody is there, and gives up if nobody is. */
        Optional<Customer.Answer> waits() throws InterruptedException {
            var patience = Duration.ofNanos((long) (PATIENCE.toNanos() / speed));
            var answer = customer.awaitsAnswer(patience);
            if (answer.isEmpty()) {
                says(oneOf(List.of("?", "Alguém pode me atender?", "Oi, tem alguém aí?")));
                answer = customer.awaitsAnswer(patience);
            }
            if (answer.isPresent()) {
                breathes();
                customer.reads(answer.get().id());
            }
            return answer;
        }

        void thanks(Customer.Answer answer) throws InterruptedException {
            breathes();
            customer.reactsTo(answer.id(), oneOf(List.of("❤️", "👍", "🙏", "😍")));
            says(oneOf(List.of("Muito obrigada! 😊", "Obrigado, ajudou muito!", "Perfeito, valeu!", "Maravilha, obg")));
        }

        String greeting() {
            int hour = LocalTime.ofInstant(simulator.options().clock().instant(), SHOP_ZONE).getHour();
            var dayPart = hour < 12 ? "bom dia" : hour < 18 ? "boa tarde" : "boa noite";
            return oneOf(List.of("Oi, " + dayPart + "!", "Olá, " + dayPart + " 😊", "Oii", "Oi, tudo bem?"));
        }
    }

    // The scenes

    private static void asksForAPrice(Talk talk) throws InterruptedException {
        var product = talk.oneOf(PRODUCTS);
        talk.says(talk.greeting());
        talk.says(talk.oneOf(List.of("Quanto custa " + product + "?", "Qual o valor d" + product + "?",
                "Vocês ainda têm " + product + "?")));
        var price = talk.waits();
        if (price.isEmpty()) return;
        talk.types("pix?");
        talk.customer.writesInReplyTo(price.get().id(),
                talk.oneOf(List.of("E no pix tem desconto?", "Parcela em quantas vezes?")));
        var terms = talk.waits();
        if (terms.isPresent()) talk.thanks(terms.get());
    }

    private static void sendsAPhoto(Talk talk) throws InterruptedException {
        talk.says(talk.greeting() + " Vi essa foto no Instagram de vocês");
        talk.breathes();
        talk.customer.sends(Content.photo(talk.oneOf(List.of("Tem essa no P?", "Ainda tem essa cor?", "É essa aqui 👆"))));
        var answer = talk.waits();
        if (answer.isPresent()) talk.thanks(answer.get());
    }

    private static void comesFromAnAd(Talk talk) throws InterruptedException {
        var ad = ADS.get(talk.dice.nextInt(ADS.size()));
        talk.breathes();
        talk.customer.clicksAdAndWrites(ad, "Olá! Tenho interesse e queria mais informações, por favor.");
        if (talk.waits().isEmpty()) return;
        talk.says("E vocês entregam em " + talk.oneOf(DISTRICTS) + "?");
        var answer = talk.waits();
        if (answer.isPresent()) talk.thanks(answer.get());
    }

    private static void speaksAVoiceNote(Talk talk) throws InterruptedException {
        talk.says(talk.greeting());
        talk.customer.isRecording();
        talk.breathes();
        talk.breathes();
        talk.customer.sends(Content.voice(4 + talk.dice.nextInt(20)));
        if (talk.waits().isPresent()) talk.says("Desculpa o áudio, tô dirigindo 😅");
    }

    private static void sendsALocation(Talk talk) throws InterruptedException {
        talk.says("Vocês entregam aqui?");
        talk.breathes();
        talk.customer.sends(new Content.Location(-23.561414, -46.655881, "Av. Paulista, 1578",
                "Bela Vista, São Paulo - SP"));
        var answer = talk.waits();
        if (answer.isEmpty()) return;
        talk.says("Qual o prazo?");
        var deadline = talk.waits();
        if (deadline.isPresent()) talk.thanks(deadline.get());
    }

    private static void correctsTheOrder(Talk talk) throws InterruptedException {
        talk.says(talk.greeting() + " Quero fazer um pedido");
        var order = talk.says("2 camisetas M e 1 bolsa caramelo");
        talk.breathes();
        talk.customer.edits(order, "3 camisetas M e 1 bolsa caramelo");
        var answer = talk.waits();
        if (answer.isPresent()) talk.says("Isso, 3 camisetas. Pode fechar!");
    }

    private static void deletesAMistake(Talk talk) throws InterruptedException {
        var mistake = talk.says("Amor, traz pão quando voltar 🥖");
        talk.breathes();
        talk.customer.deletes(mistake);
        talk.says("Desculpa, mandei no lugar errado kkkk");
        talk.says("Mas já que tô aqui: a loja abre no sábado?");
        var answer = talk.waits();
        if (answer.isPresent()) talk.thanks(answer.get());
    }

    private static void missesAParcel(Talk talk) throws InterruptedException {
        talk.says(talk.greeting());
        talk.says("Meu pedido " + (4000 + talk.dice.nextInt(1000)) + " ainda não chegou 😕");
        if (talk.waits().isEmpty()) return;
        talk.says("O rastreio está parado há 3 dias");
        var answer = talk.waits();
        if (answer.isPresent()) talk.says("Tá bom, fico no aguardo");
    }

    private static void sendsTheReceipt(Talk talk) throws InterruptedException {
        talk.says("Fiz o pix agora, segue o comprovante");
        talk.breathes();
        talk.customer.sends(Content.document("comprovante-pix.pdf", "comprovante"));
        var answer = talk.waits();
        if (answer.isPresent()) talk.thanks(answer.get());
    }

    private static void asksInAGroup(Talk talk, Group group) throws InterruptedException {
        talk.types("alguém?");
        talk.customer.writesIn(group, talk.oneOf(List.of("Alguém sabe se a loja da esquina abre hoje?",
                "Gente, recomendo a loja, atendimento nota 10 👏", "Bom dia, grupo!")));
    }
}
