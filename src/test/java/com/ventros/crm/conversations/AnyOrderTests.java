package com.ventros.crm.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestTenant;
import com.ventros.crm.contacts.Sighting;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.RecountedModel;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The promise that everything else rests on: the order in which facts arrive leaves no trace. */
@DatabaseTest
class AnyOrderTests {

    private static final int THREADS = 4;
    private static final int MOST_REPETITIONS = 5;
    private static final int PAGE = 3;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ReceiveMessages receiveMessages;

    @Autowired
    RecountInbox recountInbox;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theSameFactsLeaveTheSameRows(long seed) throws Exception {
        var facts = new World(seed).facts();

        var kept = new KeptRows(db, transaction);
        var inOrder = TestTenant.create(db, transaction);
        receive(inOrder, facts, facts.size());
        var expected = kept.of(inOrder.tenant());
        assertThat(expected).filteredOn(line -> line.startsWith("contact ") && line.contains("LID:") && line.contains("PHONE:"))
                .as("people met under several addresses").isNotEmpty();
        assertThat(expected).filteredOn(line -> line.startsWith("session ")).hasSizeGreaterThan(5);
        assertThat(expected).filteredOn(line -> line.startsWith("message ")).hasSize(World.MESSAGES + 1);

        assertThat(notAsTheirMessagesSay(inOrder)).isEmpty();

        var random = new Random(seed);
        var oneByOne = TestTenant.create(db, transaction);
        receive(oneByOne, shuffled(facts, random), 1);
        assertThat(kept.of(oneByOne.tenant())).isEqualTo(expected);

        var inBatches = TestTenant.create(db, transaction);
        receive(inBatches, shuffled(repeated(facts, random), random), 1 + random.nextInt(60));
        assertThat(kept.of(inBatches.tenant())).isEqualTo(expected);

        var atOnce = TestTenant.create(db, transaction);
        receiveAtOnce(atOnce, shuffled(repeated(facts, random), random), 1 + random.nextInt(20));
        assertThat(kept.of(atOnce.tenant())).isEqualTo(expected);
        for (var tenant : List.of(oneByOne, inBatches, atOnce)) {
            assertThat(notAsTheirMessagesSay(tenant)).isEmpty();
            assertThat(recount(tenant)).as("chats that a recount finds to be otherwise").isZero();
        }

        long chats = expected.stream().filter(line -> line.startsWith("chat ")).count();
        spoil(atOnce);
        assertThat(kept.of(atOnce.tenant())).isNotEqualTo(expected);
        assertThat(recount(atOnce)).isEqualTo(chats);
        assertThat(kept.of(atOnce.tenant())).isEqualTo(expected);
    }

    /** What the inbox shows of a chat is kept in its own row and its session's: those in which it is not what a recount of the messages says. */
    private List<String> notAsTheirMessagesSay(TestTenant tenant) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> db.sql("""
                select 'chat ' || to_jsonb(c)::text as wrong
                  from chat c
                 where c.unread_count <> (select count(*) from message m where m.chat_id = c.id and m.direction = 'INBOUND'
                                             and (c.read_at is null or m.sent_at > c.read_at))
                    or c.last_message_at is distinct from (select max(m.sent_at) from message m where m.chat_id = c.id)
                    or c.last_message_id is distinct from
                       (select m.id from message m where m.chat_id = c.id
                         order by m.sent_at desc, m.external_id collate "C" desc limit 1)
                 union all
                select 'session ' || to_jsonb(s)::text
                  from session s cross join lateral (
                       select count(*) as messages, count(*) filter (where m.direction = 'INBOUND') as inbound,
                              min(m.sent_at) as first, max(m.sent_at) as last
                         from message m where m.session_id = s.id) said
                 where s.message_count <> said.messages or s.inbound_count <> said.inbound
                    or s.started_at is distinct from said.first or s.last_message_at is distinct from said.last
                """).query(String.class).list()));
    }

    /** How many chats were not what they should be. */
    private long recount(TestTenant tenant) {
        return Tenancy.call(tenant.tenant(), () -> Cause.outside(Actor.system("test")).call(() -> {
            long mended = 0;
            var page = new RecountedModel.Page(Optional.of(new UUID(0, 0)), 0, 0);
            do {
                page = recountInbox.recount(page.last().orElseThrow(), PAGE);
                mended += page.mended();
            } while (page.last().isPresent());
            return mended;
        }));
    }

    /** Every chat and session keeps something else than its messages say. */
    private void spoil(TestTenant tenant) {
        Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(_ -> {
            db.sql("""
                    update chat c set unread_count = unread_count + 1, last_message_id = m.id, last_message_at = m.sent_at, last_message_key = m.external_id
                      from (select distinct on (chat_id) * from message order by chat_id, sent_at, id) m where m.chat_id = c.id
                    """).update();
            db.sql("""
                    update session set message_count = message_count + 1, inbound_count = message_count + 1, outbound_count = 0, last_message_at = started_at,
                           started_at = started_at - interval '1 hour', first_inbound_at = started_at, first_response_at = started_at, waiting_since = null,
                           answers = 7, waited_millis = 9, longest_wait_millis = 8
                    """).update();
        }));
    }

    private record Fact(ChannelId channel, Incoming incoming) {}

    private void receive(TestTenant tenant, List<Fact> facts, int batch) {
        for (int from = 0; from < facts.size(); from += batch) {
            handle(tenant, facts.subList(from, Math.min(from + batch, facts.size())));
        }
    }

    private void receiveAtOnce(TestTenant tenant, List<Fact> facts, int batch) throws Exception {
        var batches = new ConcurrentLinkedQueue<List<Fact>>();
        for (int from = 0; from < facts.size(); from += batch) {
            batches.add(facts.subList(from, Math.min(from + batch, facts.size())));
        }
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(() -> {
                    for (var next = batches.poll(); next != null; next = batches.poll()) handle(tenant, next);
                }));
            }
            for (var one : running) one.get();
        }
    }

    /** As the consumer does: what collided with another transaction is tried again. */
    private void handle(TestTenant tenant, List<Fact> facts) {
        while (true) {
            try {
                Tenancy.run(tenant.tenant(), () -> receiveMessages.handle(facts.stream()
                        .map(fact -> Facts.received(tenant, fact.channel, fact.incoming)).toList()));
                return;
            } catch (TransientDataAccessException collided) {
                Thread.yield();
            }
        }
    }

    private static List<Fact> repeated(List<Fact> facts, Random random) {
        return facts.stream().flatMap(fact -> Collections.nCopies(1 + random.nextInt(MOST_REPETITIONS), fact).stream())
                .toList();
    }

    private static List<Fact> shuffled(List<Fact> facts, Random random) {
        var copy = new ArrayList<>(facts);
        Collections.shuffle(copy, random);
        return copy;
    }

    /** Customers who write under changing addresses, groups, a phone that answers, and everything that follows. */
    private static final class World {
        private static final int PEOPLE = 6;
        private static final int MESSAGES = 60;
        private static final String[] EMOJI = {"", "👍", "❤️", "ﬀ"};

        private final Random random;
        /** Long enough ago that all sessions of then are over, or so recent that none is. */
        private final Instant longAgo = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(12));
        private final Instant justNow = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(200);
        private final ChannelId[] channels = {
            new ChannelId(UUID.fromString("01900000-0000-7000-8000-000000000001")),
            new ChannelId(UUID.fromString("01900000-0000-7000-8000-000000000002"))};
        private final List<Fact> facts = new ArrayList<>();

        World(long seed) {
            random = new Random(seed);
        }

        List<Fact> facts() {
            for (int i = 0; i < MESSAGES; i++) {
                var channel = channels[random.nextInt(channels.length)];
                var id = "MSG" + i;
                var at = time();
                boolean group = random.nextInt(6) == 0;
                int person = random.nextInt(PEOPLE);
                boolean fromMe = random.nextInt(3) == 0;
                var said = message(group, person, id, at, fromMe);
                facts.add(new Fact(channel, said));
                if (random.nextInt(4) == 0) facts.add(new Fact(channel, new Incoming.Waiting(said.chat(), id, at, fromMe)));
                if (!group && random.nextInt(5) == 0) {
                    facts.add(new Fact(channel, twin(said, person)));
                }
                followUps(channel, group, person, id, at, fromMe);
            }
            for (int i = 0; i < 6; i++) {
                followUps(channels[0], false, random.nextInt(PEOPLE), "NEVERSEEN" + i, time(), random.nextBoolean());
            }
            for (int i = 0; i < 4; i++) {
                int caller = random.nextInt(PEOPLE + 2);
                for (var state : Incoming.CallState.values()) {
                    facts.add(new Fact(channels[0], new Incoming.Call(chat(caller), "CALL" + i, time(), state, i % 2 == 0)));
                }
            }
            facts.add(new Fact(channels[0], new Incoming.Waiting(chat(0), "STILLWAITING", time(), false)));
            facts.add(new Fact(channels[0], Facts.text(Facts.chat(Facts.phone("5511998000999")), "NOTE", time(), "me")));
            return facts;
        }

        private Instant time() {
            return random.nextInt(4) == 0 ? justNow.plusSeconds(random.nextInt(150))
                    : longAgo.plusSeconds(random.nextInt(8 * 60) * 60L);
        }

        private Incoming.Message message(boolean group, int person, String id, Instant at, boolean fromMe) {
            var chat = group ? ChatAddress.group("120363@g.us", Optional.of("Group " + random.nextInt(3))) : chat(person);
            var author = group && !fromMe ? Optional.of(sighting(person, Optional.of("Member"))) : Optional.<Sighting>empty();
            var ack = fromMe && random.nextBoolean()
                    ? Optional.of(AckLevel.values()[random.nextInt(AckLevel.values().length)]) : Optional.<AckLevel>empty();
            return Facts.message(chat, id, at, fromMe, fromMe && random.nextBoolean(), author, "text of " + id + " \u0000😀", ack);
        }

        /** The same message under the person's other address. */
        private Incoming.Message twin(Incoming.Message m, int person) {
            return new Incoming.Message(
                    m.chat().address().endsWith("@lid") ? Facts.chat(Facts.phone(phone(person))) : Facts.chat(Facts.lid(lid(person))),
                    m.externalId(), m.at(), m.fromMe(), m.viaApi(), m.author(), m.content(), m.replyTo(), m.mentions(),
                    m.forwarded(), m.ad(), m.ack());
        }

        private void followUps(ChannelId channel, boolean group, int person, String id, Instant at, boolean fromMe) {
            var chat = group ? ChatAddress.group("120363@g.us", Optional.empty()) : chat(person);
            if (fromMe) {
                for (var level : AckLevel.values()) {
                    if (random.nextInt(3) > 0) continue;
                    facts.add(new Fact(channel, new Incoming.Acknowledged(chat, id, at.plusSeconds(random.nextInt(9)), level,
                            group && random.nextBoolean() ? Optional.of("5511@c.us") : Optional.empty())));
                }
            } else if (random.nextInt(4) == 0) {
                facts.add(new Fact(channel, new Incoming.ReadElsewhere(chat, id, at.plusSeconds(60))));
            }
            for (int i = random.nextInt(6); i > 3; i--) {
                facts.add(new Fact(channel, new Incoming.Edited(chat, id, at.plusSeconds(random.nextInt(3)), fromMe,
                        "edit " + EMOJI[random.nextInt(EMOJI.length)])));
            }
            for (int i = random.nextInt(6); i > 3; i--) {
                facts.add(new Fact(channel, new Incoming.Revoked(chat, id, at.plusSeconds(random.nextInt(3)), random.nextBoolean())));
            }
            for (int i = random.nextInt(5); i > 2; i--) {
                facts.add(new Fact(channel, new Incoming.Reacted(chat, id, at.plusSeconds(random.nextInt(3)),
                        random.nextBoolean() ? Optional.empty() : Optional.of(Facts.phone(phone(person))),
                        EMOJI[random.nextInt(EMOJI.length)])));
                facts.add(new Fact(channel, new Incoming.Voted(chat, id, at.plusSeconds(random.nextInt(3)),
                        random.nextBoolean() ? Optional.empty() : Optional.of(Facts.phone(phone(person))),
                        random.nextBoolean() ? List.of("a") : List.of("a", "b"), random.nextBoolean())));
            }
        }

        private ChatAddress chat(int person) {
            return Facts.chat(sighting(person, random.nextInt(3) == 0 ? Optional.of("Name " + random.nextInt(4)) : Optional.empty()));
        }

        private Sighting sighting(int person, Optional<String> name) {
            var phone = PhoneNumber.ofDigits(phone(person));
            return switch (random.nextInt(5)) {
                case 0 -> new Sighting(phone, Optional.of(lid(person)), name);
                case 1, 2 -> new Sighting(Optional.empty(), Optional.of(lid(person)), name);
                default -> new Sighting(phone, Optional.empty(), name);
            };
        }

        /** Brazilian mobiles from Curitiba: with and without the ninth digit, as WhatsApp writes them. */
        private String phone(int person) {
            return random.nextBoolean() ? "5541" + "9800010" + person : "5541" + "99800010" + person;
        }

        private String lid(int person) {
            return "21481600000010" + person;
        }
    }
}
