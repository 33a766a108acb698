package com.ventros.crm.tracking;

import com.ventros.crm.accounts.AccountView;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import com.ventros.crm.tracking.ConversionEvent.ConversionSettingsUpdated;
import com.ventros.crm.vault.SealedColumn;
import com.ventros.crm.vault.Secrets;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Whether, and where, Meta hears what its advertisements led to. Nothing is told before somebody says so. */
@Component
public class ConversionSettings {

    /** As screens show them: of the access token only that there is one. */
    public record Shown(UUID projectId, boolean enabled, Optional<String> datasetId, Optional<String> businessAccountId, boolean hasAccessToken,
            long version) {}

    /** What to change; what is empty stays, and a blank text is taken away. */
    public record Change(Optional<Boolean> enabled, Optional<String> datasetId, Optional<String> businessAccountId, Optional<String> accessToken) {
        @Override
        public String toString() {
            return "Change[" + enabled + ", " + datasetId + ", " + businessAccountId + "]";
        }
    }

    private record Stored(boolean enabled, Optional<String> datasetId, Optional<String> businessAccountId, Optional<byte[]> token, long version) {}

    /** Meta's ids are numbers of fifteen digits and more. */
    private static final Pattern ID = Pattern.compile("\\d{5,25}");
    /** Some hundred characters; it goes into a header. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,1000}");

    private final JdbcClient db;
    private final AccountView accounts;
    private final Secrets secrets;
    private final Outbox outbox;

    ConversionSettings(JdbcClient db, AccountView accounts, Secrets secrets, Outbox outbox) {
        this.db = db;
        this.accounts = accounts;
        this.secrets = secrets;
        this.outbox = outbox;
    }

    @Bean
    static SealedColumn sealedAccessTokens() {
        return new SealedColumn("conversion_settings", "project_id", "access_token", (tenant, project) -> place(new TenantId(tenant), project));
    }

    @Transactional(readOnly = true)
    public Shown of(Optional<UUID> wanted) {
        var project = accounts.projectOrOnly(wanted).id();
        return shown(project, find(project, ""));
    }

    /** {@code version} refuses unless it is the one that the person had before their eyes. */
    @Transactional
    public Shown change(Optional<UUID> wanted, Change change, LongConsumer version) {
        var project = accounts.projectOrOnly(wanted).id();
        db.sql("""
                insert into conversion_settings (tenant_id, project_id, enabled, version) values (:tenant, :project, false, 0) on conflict do nothing
                """).param("tenant", Tenancy.current().value()).param("project", project).update();
        var old = find(project, " for update");
        version.accept(old.version());
        var next = new Stored(change.enabled().orElse(old.enabled()), id("datasetId", change.datasetId(), old.datasetId()),
                id("businessAccountId", change.businessAccountId(), old.businessAccountId()),
                change.accessToken().map(typed -> token(typed, project)).orElse(old.token()), old.version() + 1);
        if (next.enabled() && (next.datasetId().isEmpty() || next.businessAccountId().isEmpty() || next.token().isEmpty())) {
            throw Refusal.invalid("enabled", "settings_missing", "Give the dataset, the business account and an access token first.");
        }
        db.sql("""
                update conversion_settings set enabled = :enabled,
                       enabled_at = case when not :enabled then null else coalesce(enabled_at, now()) end, dataset_id = :dataset, business_account_id = :account, access_token = :token,
                       version = version + 1
                 where project_id = :project
                """)
                .param("enabled", next.enabled()).param("dataset", next.datasetId().orElse(null)).param("account", next.businessAccountId().orElse(null))
                .param("token", next.token().orElse(null)).param("project", project).update();
        outbox.append(List.of(new NewEvent(new ConversionSettingsUpdated(project, next.enabled(), next.datasetId(), next.businessAccountId(),
                change.accessToken().isPresent()), "tracking_settings", project, next.version(), Optional.of(new ProjectId(project)),
                Instant.now().truncatedTo(ChronoUnit.MICROS), Cause.current())));
        return shown(project, next);
    }

    String open(TenantId tenant, UUID project, byte[] sealed) {
        return new String(secrets.decrypt(sealed, place(tenant, project)), StandardCharsets.UTF_8);
    }

    private Stored find(UUID project, String lock) {
        return db.sql("select * from conversion_settings where project_id = :project" + lock).param("project", project)
                .query((row, _) -> new Stored(row.getBoolean("enabled"), Optional.ofNullable(row.getString("dataset_id")),
                        Optional.ofNullable(row.getString("business_account_id")), Optional.ofNullable(row.getBytes("access_token")), row.getLong("version")))
                .optional().orElseGet(() -> new Stored(false, Optional.empty(), Optional.empty(), Optional.empty(), 0));
    }

    private Optional<byte[]> token(String typed, UUID project) {
        var token = typed.strip();
        if (token.isEmpty()) return Optional.empty();
        if (!TOKEN.matcher(token).matches()) {
            throw Refusal.invalid("accessToken", "invalid", "An access token has up to 1000 letters, digits and signs, and no blank.");
        }
        return Optional.of(secrets.encrypt(token.getBytes(StandardCharsets.UTF_8), place(Tenancy.current(), project)));
    }

    private static Optional<String> id(String field, Optional<String> typed, Optional<String> old) {
        if (typed.isEmpty()) return old;
        var id = typed.get().strip();
        if (id.isEmpty()) return Optional.empty();
        if (!ID.matcher(id).matches()) throw Refusal.invalid(field, "invalid", "Meta's ids are numbers of 5 to 25 digits.");
        return Optional.of(id);
    }

    private static String place(TenantId tenant, UUID project) {
        return "meta-access-token:" + tenant + ":" + project;
    }

    private static Shown shown(UUID project, Stored stored) {
        return new Shown(project, stored.enabled(), stored.datasetId(), stored.businessAccountId(), stored.token().isPresent(), stored.version());
    }
}
