package com.ventros.crm.channels.flow;

import com.ventros.crm.channels.ChannelFacts;
import com.ventros.crm.channels.DeliveryCounts;
import com.ventros.crm.channels.DeliveryCounts.Account;
import com.ventros.crm.channels.EndpointAddress;
import com.ventros.crm.channels.PresenceChanged;
import com.ventros.crm.channels.RecordChannelStatus;
import com.ventros.crm.channels.api.ReportReader;
import com.ventros.crm.channels.waha.RawDelivery;
import com.ventros.crm.channels.waha.SessionWords;
import com.ventros.crm.channels.waha.Translation;
import com.ventros.crm.channels.waha.Translator;
import com.ventros.crm.channels.waha.UnknownDeliveries;
import com.ventros.crm.channels.waha.UnreadableDeliveries;
import com.ventros.crm.channels.waha.WahaProperties;
import com.ventros.crm.conversations.ChatAddress;
import com.ventros.crm.conversations.Incoming;
import com.ventros.crm.conversations.LabelNews;
import com.ventros.crm.conversations.Labels;
import com.ventros.crm.conversations.ReceiveMessages;
import com.ventros.crm.conversations.ReceiveMessages.Received;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Broker;
import com.ventros.crm.events.Broker.Delivery;
import com.ventros.crm.events.Broker.Verdict;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.Inbox;
import com.ventros.crm.events.PermanentFailure;
import com.ventros.crm.events.Roles;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Works off what the door accepted: translates each delivery and saves what it means, one transaction for a batch of
 * one tenant. A delivery that the broker hands over twice is applied once.
 */
@Component
final class OnRawDelivery implements SmartLifecycle {

    /** Name in {@code processed_events}; stable for ever. */
    private static final String NAME = "waha-deliveries";
    /** Some hundred deliveries share a commit; more would only make the others wait. */
    private static final int BATCH = 200;
    /** Of a backlog so many batches are taken at once, so that the next is translated while one is saved. */
    private static final int BATCHES = 4;
    /**
     * A second worker would take what the first leaves and then wait for the same project's lock with it: smaller batches
     * that come later. What came meanwhile is the next batch.
     */
    private static final int WORKERS = 1;

    private static final Logger log = LoggerFactory.getLogger(OnRawDelivery.class);

    /** A delivery with its meaning and its place in the batch. */
    private record Read(int index, RawDelivery raw, Translation meaning) {

        Cause cause() {
            var delivery = new Cause.Outside(Cause.Outside.Kind.DELIVERY, raw.correlation(), raw.receivedAt(),
                    raw.requestId().orElseGet(() -> raw.id().toString()));
            return Cause.outside(raw.correlation(), delivery,
                    new Actor(Actor.Kind.CHANNEL, raw.channel().toString()), Optional.empty());
        }
    }

    private final Broker broker;
    private final Inbox inbox;
    private final Translator translator;
    private final ReportReader reports;
    private final ReceiveMessages receive;
    private final Labels labels;
    private final RecordChannelStatus recordStatus;
    private final ChannelFacts channels;
    private final UnknownDeliveries unknown;
    private final UnreadableDeliveries unreadable;
    private final DeliveryCounts books;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher listeners;
    private final MeterRegistry meters;
    private final Roles roles;
    /** What tenants' batches run on, and what translates ahead; as many as {@link WahaProperties#consumers}. */
    private final ExecutorService threads;
    private List<Broker.Subscription> subscriptions = List.of();

    OnRawDelivery(Broker broker, Inbox inbox, Translator translator, ReportReader reports, ReceiveMessages receive,
            Labels labels, RecordChannelStatus recordStatus, ChannelFacts channels, UnknownDeliveries unknown,
            UnreadableDeliveries unreadable, DeliveryCounts books, PlatformTransactionManager transactions,
            ApplicationEventPublisher listeners, MeterRegistry meters, Roles roles, WahaProperties settings) {
        this.broker = broker;
        this.inbox = inbox;
        this.translator = translator;
        this.reports = reports;
        this.receive = receive;
        this.labels = labels;
        this.recordStatus = recordStatus;
        this.channels = channels;
        this.unknown = unknown;
        this.unreadable = unreadable;
        this.books = books;
        this.transaction = new TransactionTemplate(transactions);
        this.listeners = listeners;
        this.meters = meters;
        this.roles = roles;
        this.threads = Executors.newFixedThreadPool(settings.consumers(), Thread.ofVirtual().name("waha-tenant-", 0).factory());
    }

    List<Verdict> handle(List<Delivery> deliveries) {
        var verdicts = new Verdict[deliveries.size()];
        var next = CompletableFuture.completedFuture(read(deliveries, 0));
        for (int from = 0; from < deliveries.size(); from += BATCH) {
            var tenants = next.join();
            int after = from + BATCH;
            if (after < deliveries.size()) next = CompletableFuture.supplyAsync(() -> read(deliveries, after), threads);
            sideBySide(tenants.entrySet().stream()
                    .map(one -> (Runnable) () -> together(one.getKey(), one.getValue(), verdicts)).toList());
        }
        return List.of(verdicts);
    }

    private Map<TenantId, List<Read>> read(List<Delivery> deliveries, int from) {
        var tenants = new LinkedHashMap<TenantId, List<Read>>();
        for (int i = from; i < Math.min(from + BATCH, deliveries.size()); i++) {
            var raw = RawDelivery.of(deliveries.get(i));
            tenants.computeIfAbsent(raw.tenant(), _ -> new ArrayList<>()).add(new Read(i, raw, meaning(raw)));
        }
        return tenants;
    }

    /** Tenants do not wait for each other; one alone needs no other thread. */
    private void sideBySide(List<Runnable> tenants) {
        if (tenants.size() == 1) {
            tenants.getFirst().run();
            return;
        }
        var all = tenants.stream().map(tenant -> CompletableFuture.runAsync(tenant, threads)).toList();
        try {
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException away ? away : failed;
        }
    }

    private void together(TenantId tenant, List<Read> batch, Verdict[] verdicts) {
        try {
            apply(tenant, batch);
            batch.forEach(read -> verdicts[read.index()] = new Verdict.Done());
        } catch (CannotCreateTransactionException | DataAccessResourceFailureException databaseAway) {
            throw databaseAway;
        } catch (RuntimeException failed) {
            if (batch.size() > 1) log.warn("A batch of {} deliveries failed and is tried one by one", batch.size(), failed);
            for (var read : batch) verdicts[read.index()] = batch.size() == 1 ? verdict(failed) : alone(tenant, read);
        }
    }

    private Verdict alone(TenantId tenant, Read read) {
        try {
            apply(tenant, List.of(read));
            return new Verdict.Done();
        } catch (CannotCreateTransactionException | DataAccessResourceFailureException databaseAway) {
            throw databaseAway;
        } catch (RuntimeException failed) {
            log.warn("Delivery {} of channel {} failed", read.raw().id(), read.raw().channel(), failed);
            return verdict(failed);
        }
    }

    private static Verdict verdict(RuntimeException failed) {
        return failed instanceof PermanentFailure permanent
                ? new Verdict.Dead(permanent.code(), permanent.getMessage())
                : new Verdict.Again(failed.toString());
    }

    /**
     * What was set aside as unreadable is read again whenever it comes: at first it is still unreadable and dies, which
     * puts it among the failures; repeated by somebody after the translator has learnt, it is applied. It was booked and
     * marked as done when it was set aside; a message that is there already bears it.
     */
    List<Verdict> readAgain(List<Delivery> deliveries) {
        return deliveries.stream().map(delivery -> {
            var raw = RawDelivery.of(delivery);
            var meaning = meaning(raw);
            if (meaning instanceof Translation.Unreadable(var code, var detail)) return new Verdict.Dead(code, detail);
            try {
                var read = new Read(0, raw, meaning);
                Tenancy.run(raw.tenant(), () -> transaction.executeWithoutResult(_ -> books.leftOut(understand(List.of(read)))));
                return new Verdict.Done();
            } catch (CannotCreateTransactionException | DataAccessResourceFailureException databaseAway) {
                throw databaseAway;
            } catch (RuntimeException failed) {
                return verdict(failed);
            }
        }).toList();
    }

    private Translation meaning(RawDelivery raw) {
        try {
            return raw.provider().equals(EndpointAddress.TYPE) ? reports.translate(raw.body(), raw.receivedAt())
                    : translator.translate(raw.body(), raw.receivedAt());
        } catch (RuntimeException unforeseen) {
            log.error("The translator failed on delivery {} of channel {}", raw.id(), raw.channel(), unforeseen);
            return new Translation.Unreadable("translator_failed", unforeseen.toString());
        }
    }

    private void apply(TenantId tenant, List<Read> batch) {
        Tenancy.run(tenant, () -> {
            transaction.executeWithoutResult(_ -> save(batch));
            // Only now: whoever is told of it may look at what the same delivery brought.
            batch.forEach(this::showPresence);
        });
        batch.stream().collect(Collectors.groupingBy(read -> read.meaning().getClass(), Collectors.counting()))
                .forEach((meaning, count) -> meters.counter("crm.waha.translations",
                        "meaning", meaning.getSimpleName().toLowerCase()).increment(count));
    }

    private void save(List<Read> batch) {
        var claimed = inbox.claim(NAME, batch.stream().map(read -> read.raw().id()).toList());
        // Removed, since one that was both spooled and published may be in one batch twice.
        var fresh = batch.stream().filter(read -> claimed.remove(read.raw().id())).toList();
        if (fresh.isEmpty()) return;
        var leftOut = understand(fresh);
        books.applied(fresh.stream().collect(Collectors.groupingBy(read -> read.raw().account(), Collectors.counting())));
        books.leftOut(leftOut);
    }

    /** Says what of it the channels do not take in. */
    private Map<Account, Long> understand(List<Read> fresh) {
        for (var read : fresh) {
            switch (read.meaning()) {
                case Translation.SessionStatus status -> read.cause().run(() -> record(read.raw(), status));
                case Translation.Unknown(var event) -> unknown.keep(event, read.raw());
                case Translation.Unreadable(var code, var detail) -> unreadable.setAside(read.raw(), code, detail);
                case Translation.Labelling(var news) -> label(read, news);
                case Translation.Conversation _, Translation.Noted _, Translation.Ignored _ -> {}
            }
        }
        return receive(fresh);
    }

    private void label(Read read, List<LabelNews> news) {
        var channel = channels.of(List.of(read.raw().channel())).get(read.raw().channel());
        if (channel != null) news.forEach(one -> labels.record(channel.channel(), channel.project(), one, read.cause()));
    }

    private Map<Account, Long> receive(List<Read> batch) {
        var talking = batch.stream().filter(read -> read.meaning() instanceof Translation.Conversation || isStatusPost(read)).toList();
        if (talking.isEmpty()) return Map.of();
        var facts = channels.of(talking.stream().map(read -> read.raw().channel()).collect(Collectors.toSet()));
        var received = new ArrayList<Received>();
        var leftOut = new HashMap<Account, Long>();
        for (var read : talking) {
            var channel = facts.get(read.raw().channel());
            // A channel that was removed after the acceptance has nowhere to put it.
            if (channel == null) continue;
            var wanted = incoming(read, channel);
            var taken = wanted.stream().filter(one -> channel.groups() || one.chat().kind() != ChatAddress.Kind.GROUP).toList();
            if (taken.size() < wanted.size()) leftOut.merge(read.raw().account(), 1L, Long::sum);
            received.addAll(received(read, taken, channel));
        }
        if (!received.isEmpty()) receive.handle(received);
        return leftOut;
    }

    private static boolean isStatusPost(Read read) {
        return read.meaning() instanceof Translation.Ignored(_, var reason) && reason.equals(Translator.STATUS_POST);
    }

    private List<Incoming> incoming(Read read, ChannelFacts.Facts channel) {
        if (!isStatusPost(read)) return incoming(read);
        return channel.statusPosts() && translator.translateStatusPost(read.raw().body(), read.raw().receivedAt())
                instanceof Translation.Conversation(var incoming) ? incoming : List.of();
    }

    private static List<Received> received(Read read, List<Incoming> taken, ChannelFacts.Facts channel) {
        return taken.stream()
                .filter(incoming -> !(incoming instanceof Incoming.Presence))
                .map(incoming -> new Received(channel.channel(), channel.project(), channel.sessionTimeoutMinutes(),
                        channel.region(), channel.own(), incoming, read.cause()))
                .toList();
    }

    private static List<Incoming> incoming(Read read) {
        return read.meaning() instanceof Translation.Conversation(var incoming) ? incoming : List.of();
    }

    private void record(RawDelivery raw, Translation.SessionStatus status) {
        recordStatus.handle(new RecordChannelStatus.Command(raw.channel(), SessionWords.status(status.status()), status.at(),
                status.me().map(Incoming.OwnNumber::phone), status.me().flatMap(Incoming.OwnNumber::lid), status.detail()));
    }

    private void showPresence(Read read) {
        for (var incoming : incoming(read)) {
            if (incoming instanceof Incoming.Presence presence) {
                listeners.publishEvent(new PresenceChanged(read.raw().tenant(), read.raw().channel(),
                        presence.chat().address(), presence.participant(), presence.state(), presence.at()));
            }
        }
    }

    @Override
    public void start() {
        if (!roles.worker()) return;
        subscriptions = List.of(broker.subscribe(RawDelivery.QUEUE, BATCHES * BATCH, WORKERS, this::handle),
                broker.subscribe(UnreadableDeliveries.QUEUE, BATCH, 1, this::readAgain));
    }

    @Override
    public void stop() {
        subscriptions.forEach(Broker.Subscription::close);
        subscriptions = List.of();
    }

    @Override
    public boolean isRunning() {
        return !subscriptions.isEmpty();
    }
}
