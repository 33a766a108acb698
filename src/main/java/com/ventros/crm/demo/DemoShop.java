package com.ventros.crm.demo;

import com.ventros.crm.accounts.OpenTenant;
import com.ventros.crm.channels.ChannelSettings;
import com.ventros.crm.channels.ChannelView;
import com.ventros.crm.channels.CreateChannel;
import com.ventros.crm.channels.UpdateChannel;
import com.ventros.crm.channels.WahaAddress;
import com.ventros.crm.channels.waha.simulator.DemoScript;
import com.ventros.crm.channels.waha.simulator.Engine;
import com.ventros.crm.channels.waha.simulator.Options;
import com.ventros.crm.channels.waha.simulator.WahaSimulator;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.embedded.EmbeddedDatabase;
import com.ventros.crm.embedded.EmbeddedProperties;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Opens the demo shop at the first start, connects it with a simulated WAHA, and lets customers write. Its password is
 * made up at the first start and printed at each; an installation that has a tenant of its own stays untouched.
 */
@Component
@Profile("demo")
class DemoShop {

    private static final Logger log = LoggerFactory.getLogger(DemoShop.class);
    private static final String EMAIL = "demo@ventros.example";
    private static final String SESSION = "vendas";
    /** More than anybody connects to a demo. */
    private static final int MOST_CHANNELS = 1_000;
    /** Of everything that customers do; any number would do. */
    private static final long SEED = 20_260;

    private final boolean embedded;
    private final Path memory;
    private final Environment environment;
    private final OpenTenant openTenant;
    private final CreateChannel createChannel;
    private final UpdateChannel updateChannel;
    private final ChannelView channels;
    private final DemoBoard board;
    private volatile Optional<TenantId> open = Optional.empty();
    private volatile ChannelId own;
    private WahaSimulator waha;
    private DemoScript customers;

    DemoShop(ObjectProvider<EmbeddedDatabase> embedded, EmbeddedProperties settings, Environment environment,
            OpenTenant openTenant, CreateChannel createChannel, UpdateChannel updateChannel, ChannelView channels, DemoBoard board) {
        this.embedded = embedded.getIfAvailable() != null;
        this.memory = settings.dataDir().resolve("demo.properties");
        this.environment = environment;
        this.openTenant = openTenant;
        this.createChannel = createChannel;
        this.updateChannel = updateChannel;
        this.channels = channels;
        this.board = board;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Order(0)
    void open() throws IOException {
        if (!embedded) {
            log.info("The demo is off: the database is not the embedded one");
            return;
        }
        var known = remember();
        if (known.isEmpty()) {
            log.info("The demo is off: this installation is in use");
            return;
        }
        var shop = known.get();
        waha = WahaSimulator.start(Options.forDemo(shop.getProperty("apiKey"), SEED));
        var tenant = new TenantId(UUID.fromString(shop.getProperty("tenant")));
        var door = Cause.outside(Cause.Outside.Kind.PROGRAM, "start", Actor.system("demo"))
                .call(() -> Tenancy.call(tenant, () -> connect(shop)));
        var base = "http://127.0.0.1:" + environment.getRequiredProperty("local.server.port");
        open = Optional.of(tenant);
        waha.session(SESSION, Engine.GOWS).deliverTo(base + door, shop.getProperty("hmacSecret")).pair();
        customers = DemoScript.play(waha, SESSION, SEED, 1.0);
        log.info("""


                  The demo shop is open: {}
                  E-mail:   {}
                  Password: {}
                """, base, EMAIL, shop.getProperty("password"));
    }

    /** Nobody else's customers are the demo's business, nor are those who write to another channel of the shop's: they may be real. */
    boolean hears(TenantId tenant, ChannelId channel) {
        return open.filter(tenant::equals).isPresent() && channel.equals(own);
    }

    @PreDestroy
    void close() {
        if (customers != null) customers.close();
        if (waha != null) waha.close();
    }

    /** What the first start made up; empty when this installation belongs to somebody. */
    private Optional<Properties> remember() throws IOException {
        var shop = new Properties();
        if (Files.exists(memory)) {
            try (var in = Files.newInputStream(memory)) {
                shop.load(in);
            }
            return Optional.of(shop);
        }
        if (openTenant.anyTenant()) return Optional.empty();
        shop.setProperty("password", secret(9));
        shop.setProperty("apiKey", secret(18));
        shop.setProperty("hmacSecret", secret(32));
        var opened = openTenant.first(
                new OpenTenant.Command("Loja Exemplo", "Bia Demo", EMAIL, shop.getProperty("password")));
        shop.setProperty("tenant", opened.tenant().toString());
        shop.setProperty("owner", opened.owner().value().toString());
        Files.createFile(memory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var out = Files.newOutputStream(memory)) {
            shop.store(out, "The demo shop; delete the whole data folder to begin anew");
        }
        return Optional.of(shop);
    }

    /** Points the shop's channel at this start's simulator; the path at which deliveries are taken. */
    private String connect(Properties shop) throws IOException {
        var remembered = Optional.ofNullable(shop.getProperty("pipeline"));
        var pipeline = remembered.flatMap(board::reopen);
        var existing = channelOf(shop);
        if (existing.isPresent()) {
            updateChannel.handle(new UpdateChannel.Command(existing.get(), Optional.empty(), Optional.empty(), Optional.of(waha.url()), Optional.empty(),
                    Optional.of(shop.getProperty("apiKey")), Optional.empty(), settings -> settings), _ -> {});
            own = existing.get();
            return channels.get(own).webhookPath();
        }
        if (remembered.isEmpty()) {
            pipeline = board.open();
            if (pipeline.isPresent()) remember("pipeline", pipeline.get());
        }
        var made = createChannel.handle(new CreateChannel.Command(Optional.empty(), "WhatsApp da loja", new WahaAddress(waha.url(), SESSION),
                Optional.of(shop.getProperty("apiKey")), shop.getProperty("hmacSecret"), new ChannelSettings(Optional.empty(), true, false, pipeline, true)));
        remember("channel", made);
        own = made;
        return channels.get(made).webhookPath();
    }

    private void remember(String what, Object value) throws IOException {
        Files.writeString(memory, what + "=" + value + "\n", StandardOpenOption.APPEND);
    }

    /**
     * The channel that the shop made, as long as nobody has pointed it elsewhere; people may have connected others. A folder from before its
     * id was kept does not name it: there it is the oldest that leads to a simulator.
     */
    private Optional<ChannelId> channelOf(Properties shop) {
        var made = Optional.ofNullable(shop.getProperty("channel"));
        return channels.list(false, Optional.empty(), Optional.empty(), MOST_CHANNELS).stream()
                .filter(channel -> channel.waha() != null && channel.waha().session().equals(SESSION) && WahaSimulator.mayBeAt(channel.waha().url()))
                .map(ChannelView.Item::id)
                .filter(id -> made.isEmpty() || made.get().equals(id.toString()))
                .min(Comparator.naturalOrder()).map(ChannelId::new);
    }

    private static String secret(int bytes) {
        var random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
