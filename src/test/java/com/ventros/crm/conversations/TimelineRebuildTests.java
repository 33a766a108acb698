package com.ventros.crm.conversations;

import static com.ventros.crm.conversations.Facts.both;
import static com.ventros.crm.conversations.Facts.chat;
import static com.ventros.crm.conversations.Facts.lid;
import static com.ventros.crm.conversations.Facts.phone;
import static com.ventros.crm.conversations.Facts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestTenant;
import com.ventros.crm.contacts.Sighting;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.Replays;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A timeline that is built anew from the log is the one that grew while things happened. */
@DatabaseTest
class TimelineRebuildTests {

    /** Generous: two cores may be busy with others. */
    private static final Duration SOON = Duration.ofSeconds(90);

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ReceiveMessages receiveMessages;

    @Autowired
    Replays replays;

    private final ChannelId channel = ChannelId.create();
    private final Random random = new Random(4711);
    private final Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(3));
    private TestTenant tenant;
    private int said;

    @BeforeEach
    void somethingHappened() {
        tenant = TestTenant.create(db, transaction);
        happen(80);
        await().atMost(SOON).until(this::allIsHeard);
    }

    @Test
    void aRebuiltTimelineIsTheLiveOne() {
        var live = timeline();
        assertThat(live).hasSizeGreaterThan(30);
        assertThat(live).anyMatch(line -> line.contains("contact.merged"));
        var replay = rebuild(Optional.empty());
        done(replay);
        assertThat(generation()).isEqualTo(1);
        assertThat(timeline()).isEqualTo(live);
        await().atMost(SOON).until(() -> rows() == live.size());

        // What the live table lost or never had comes back.
        inTenant(() -> db.sql("delete from timeline_entry where type = 'session.started'").update());
        assertThat(timeline()).hasSizeLessThan(live.size());
        done(rebuild(Optional.empty()));
        assertThat(timeline()).isEqualTo(live);
    }

    @Test
    void readersSeeTheOldTableUntilTheSwapAndNothingThatHappensMeanwhileIsLost() {
        var before = timeline();
        var replay = rebuild(Optional.of(20));
        await().atMost(SOON).until(() -> show(replay).applied() > 0);
        assertThat(timeline()).as("a rebuild that has begun").containsAll(before);
        happen(60);
        await().atMost(SOON).until(this::allIsHeard);
        var meanwhile = timeline();
        assertThat(show(replay).state()).as("what happened came in the middle").isEqualTo("running");
        assertThat(generation()).isZero();
        assertThat(meanwhile).hasSizeGreaterThan(before.size());

        done(replay);
        assertThat(generation()).isEqualTo(1);
        assertThat(timeline()).isEqualTo(meanwhile);
        await().atMost(SOON).until(() -> rows() == meanwhile.size());
    }

    @Test
    void aCancelledRebuildLeavesNoTrace() {
        var before = timeline();
        var replay = rebuild(Optional.of(10));
        await().atMost(SOON).until(() -> rows() > before.size());
        inTenant(() -> Cause.outside(Actor.system("test")).call(() -> replays.cancel(replay)));
        await().atMost(SOON).until(() -> rows() == before.size());
        assertThat(timeline()).isEqualTo(before);
        assertThat(generation()).isZero();
    }

    /** A part of the past is added to what is there; entries that are there already stay single. */
    @Test
    void aPartOfThePastIsRepeatedIntoTheLiveTable() {
        var live = timeline();
        inTenant(() -> db.sql("delete from timeline_entry where type = 'session.started'").update());
        var replay = inTenant(() -> Cause.outside(Actor.system("test")).call(() -> replays.start(new Replays.Request("timeline",
                Set.of("session.*"), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()))));
        assertThat(replay.kind()).isEqualTo("repeat");
        done(replay.id());
        assertThat(timeline()).isEqualTo(live);
        assertThat(generation()).isZero();
    }

    /** People who write under one address, another, or both, some long after the others. */
    private void happen(int messages) {
        for (int i = 0; i < messages; i++) {
            var person = random.nextInt(9);
            var at = begin.plusSeconds(random.nextInt(200_000));
            var message = text(chat(who(person, random.nextInt(3))), "M" + said++, at, "texto " + i);
            Tenancy.run(tenant.tenant(), () -> receiveMessages.handle(List.of(Facts.received(tenant, channel, message))));
        }
    }

    private static Sighting who(int person, int address) {
        return switch (address) {
            case 0 -> phone("55319800012" + person);
            case 1 -> lid("21481600000011" + person);
            default -> both("55319800012" + person, "21481600000011" + person);
        };
    }

    private boolean allIsHeard() {
        return inTenant(() -> db.sql("""
                select count(*) from domain_event_logs e
                 where (type like 'contact.%' or type like 'session.%')
                   and not exists (select from processed_events p where p.consumer_name = 'timeline' and p.event_id = e.id)
                """).query(Long.class).single()) == 0;
    }

    private UUID rebuild(Optional<Integer> rate) {
        var replay = inTenant(() -> Cause.outside(Actor.system("test")).call(() -> replays.start(new Replays.Request("timeline",
                Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), rate))));
        assertThat(replay.kind()).isEqualTo("rebuild");
        return replay.id();
    }

    private Replays.Shown show(UUID replay) {
        return inTenant(() -> replays.find(replay));
    }

    private void done(UUID replay) {
        await().atMost(SOON).until(() -> show(replay).state().equals("done"));
    }

    private int generation() {
        return inTenant(() -> db.sql("select live_generation('timeline')").query(Integer.class).single());
    }

    private List<String> timeline() {
        return inTenant(() -> db.sql("""
                select id || ' ' || contact_id || ' ' || type || ' ' || at || ' ' || data from timeline_entry
                 where generation = live_generation('timeline') order by id
                """).query(String.class).list());
    }

    private long rows() {
        return inTenant(() -> db.sql("select count(*) from timeline_entry").query(Long.class).single());
    }

    private <T> T inTenant(Supplier<T> work) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> work.get()));
    }
}
