package com.ventros.crm.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.accounts.OpenTenant;
import com.ventros.crm.channels.TestChannels;
import com.ventros.crm.embedded.EmbeddedProperties;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import com.ventros.crm.vault.SealAnew.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseTest
class SealAnewTests {

    /** An API key and a signing secret of a channel, a secret of a webhook, an access token, and the secret of somebody's app. */
    private static final int SECRETS = 5;
    private static final byte[] NEXT = filled(1);
    private static final byte[] OTHER = filled(2);

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
    OpenTenant openTenant;

    @Autowired
    Secrets secrets;

    @Autowired
    EmbeddedProperties embedded;

    @Autowired
    List<SealedColumn> columns;

    @Test
    void afterARotationNothingNeedsTheOldKeyAnyMore() throws IOException {
        var opened = openTenant.handle(new OpenTenant.Command("Padaria Sol", "Ana Souza", Uuids.v7() + "@exemplo.com.br", "cavalo bateria grampo"));
        var tenant = opened.tenant();
        var channel = keepOneOfEach(opened);
        var now = Base64.getDecoder().decode(Files.readString(embedded.dataDir().resolve("secrets-key")).strip());

        assertThat(sealing(NEXT, now).of(tenant)).isEqualTo(new Outcome(SECRETS, 0));
        assertThat(sealing(NEXT, now).of(tenant)).as("again").isEqualTo(new Outcome(0, 0));
        assertThat(sealing(OTHER).of(tenant)).as("with neither key").isEqualTo(new Outcome(0, SECRETS));
        assertThat(sealing(OTHER, NEXT).of(tenant)).as("with the new key alone").isEqualTo(new Outcome(SECRETS, 0));

        assertThat(connect(tenant, channel).code()).as("whoever lost the key is told").isEqualTo("secret_locked");
        var refused = Api.anonymous(port).post(channel.webhookPath(), Map.of("event", "message"));
        assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("unavailable");
        assertThat(sealing(now, OTHER).of(tenant)).isEqualTo(new Outcome(SECRETS, 0));
        assertThat(connect(tenant, channel).code()).as("the program opens what was sealed anew").isEqualTo("waha_unreachable");
    }

    /** Other bytes that are kept are hashes, or what somebody sent as it came; answers of repeated posts are sealed and gone after a day. */
    @Test
    void noSealedColumnIsForgotten() {
        assertThat(system.sql("""
                select c.relname || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
                 where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
                   and a.atttypid = 'bytea'::regtype and not a.attisdropped
                   and a.attname not in ('hash', 'previous_hash', 'fingerprint', 'body', 'original_body', 'sample')
                """).query(String.class).list())
                .containsExactlyInAnyOrderElementsOf(columns.stream().map(column -> column.table() + "." + column.column()).toList());
    }

    private TestChannels.Connected keepOneOfEach(OpenTenant.Opened opened) {
        var tenant = opened.tenant();
        var owner = opened.owner().value();
        var channel = TestChannels.of(new TestTenant(tenant, opened.project()), port).connect("http://127.0.0.1:9", "vendas");
        var api = api(tenant);
        assertThat(api.post("/api/v1/webhooks", Map.of("url", "https://93.184.216.34/crm", "eventTypes", List.of("message.received"))).status()).isEqualTo(201);
        assertThat(api.with("If-Match", "\"0\"").patch("/api/v1/tracking/conversion-settings", Map.of("accessToken", "EAAexemplo")).status()).isEqualTo(200);
        Tenancy.run(tenant, () -> transaction.executeWithoutResult(_ -> db.sql("""
                insert into second_factor (tenant_id, user_id, secret, created_at) values (:tenant, :user, :secret, now())
                """)
                .param("tenant", tenant.value()).param("user", owner).param("secret", secrets.encrypt(new byte[20], "second-factor:" + owner)).update()));
        return channel;
    }

    private Api.Answer connect(TenantId tenant, TestChannels.Connected channel) {
        return api(tenant).post("/api/v1/channels/" + channel.id() + "/connect", Map.of());
    }

    private Api api(TenantId tenant) {
        return Api.anonymous(port).as(TestCallers.mayAll(tenant));
    }

    private SealAnew sealing(byte[]... keys) {
        return new SealAnew(db, system, transaction, new Secrets(List.of(keys)), columns);
    }

    private static byte[] filled(int with) {
        var key = new byte[Secrets.KEY_BYTES];
        Arrays.fill(key, (byte) with);
        return key;
    }
}
