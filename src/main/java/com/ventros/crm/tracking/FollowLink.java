package com.ventros.crm.tracking;

import com.ventros.crm.http.Buckets;
import com.ventros.crm.http.TooMany;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Somebody opens a tracking link. Of them nothing is kept: the day counts one more. */
@Component
public class FollowLink {

    private record Found(TenantId tenant, UUID link) {}

    private record Way(Optional<String> phone, String text) {}

    /** A network address may be a whole mobile carrier's, with all its customers behind it. */
    private static final int A_SECOND = 50;
    private static final int AT_ONCE = 500;
    private static final BucketConfiguration LIMIT = BucketConfiguration.builder()
            .addLimit(limit -> limit.capacity(AT_ONCE).refillGreedy(A_SECOND, Duration.ofSeconds(1))).build();

    private final JdbcClient db;
    private final JdbcClient system;
    private final TransactionTemplate transaction;
    private final Buckets buckets;

    FollowLink(JdbcClient db, @Qualifier("system") JdbcClient system, TransactionTemplate transaction, Buckets buckets) {
        this.db = db;
        this.system = system;
        this.transaction = transaction;
        this.buckets = buckets;
    }

    /**
     * Where it leads.
     *
     * @param address which only limits how often anybody may ask
     * @param counts  false for a program that looks at it without going there
     */
    public String handle(String typed, String address, boolean counts) {
        var verdict = buckets.take("tracking-link:" + address, LIMIT);
        if (!verdict.allowed()) throw new TooMany("throttled", "That was often enough; wait a while.", verdict.retryAfter());
        var code = LinkCode.read(typed).orElseThrow(FollowLink::unknown);
        var found = system.sql("select tenant_id, id from tracking_link where code = :code").param("code", code.value())
                .query((row, _) -> new Found(new TenantId(row.getObject("tenant_id", UUID.class)), row.getObject("id", UUID.class)))
                .optional().orElseThrow(FollowLink::unknown);
        var way = Tenancy.call(found.tenant(), () -> transaction.execute(_ -> follow(found.link(), counts)));
        var phone = way.phone().orElseThrow(() -> new Refusal(Refusal.Kind.UNAVAILABLE, "channel_without_number",
                "The channel of this link is not paired with a number yet."));
        return TrackingLink.target(new PhoneNumber(phone), way.text(), code);
    }

    /** One statement counts: of two at once neither is lost, and a day has one row, whatever the number of clicks. */
    private Way follow(UUID link, boolean counts) {
        return db.sql("""
                with counted as (
                    insert into tracking_click (tenant_id, link_id, day, clicks)
                    select l.tenant_id, l.id, (now() at time zone p.time_zone)::date, 1
                      from tracking_link l join channel c on c.id = l.channel_id join project p on p.id = l.project_id
                     where l.id = :link and :counts and c.phone is not null
                        on conflict (tenant_id, link_id, day) do update set clicks = tracking_click.clicks + 1)
                select c.phone, l.text from tracking_link l join channel c on c.id = l.channel_id where l.id = :link
                """)
                .param("link", link).param("counts", counts)
                .query((row, _) -> new Way(Optional.ofNullable(row.getString("phone")), row.getString("text"))).optional()
                .orElseThrow(FollowLink::unknown);
    }

    private static Refusal unknown() {
        return Refusal.notFound("tracking_link");
    }
}
