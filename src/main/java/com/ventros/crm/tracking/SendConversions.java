package com.ventros.crm.tracking;

import com.ventros.crm.http.Bounded;
import com.ventros.crm.tenancy.Tenancy;
import com.ventros.crm.tracking.Conversions.Claimed;
import com.ventros.crm.tracking.Conversions.Outcome;
import com.ventros.crm.vault.Secrets;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Tells Meta's Conversions API what advertisements led to, one conversion a request, so that one that it does not take holds up no
 * other. Each goes under the same {@code event_id} however often it is tried: Meta counts it once.
 */
@Component
@EnableConfigurationProperties(ConversionProperties.class)
public class SendConversions {

    /** Tries in one look: with the usual time-out for each, all are through before the lease of the last one ends. */
    private static final int AT_ONCE = 8;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Of an answer: enough for its reason. */
    private static final int LONGEST_ANSWER = 1 << 16;
    /** Meta's word for an access token that is no longer good: somebody may give another one. */
    private static final int TOKEN_INVALID = 190;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Conversions conversions;
    private final ConversionSettings settings;
    private final ConversionProperties properties;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NEVER).build();

    SendConversions(Conversions conversions, ConversionSettings settings, ConversionProperties properties) {
        this.conversions = conversions;
        this.settings = settings;
        this.properties = properties;
    }

    /** How many were due. */
    public int runOnce() {
        var claimed = conversions.claim(AT_ONCE);
        for (var one : claimed) {
            var outcome = attempt(one, Instant.now());
            Tenancy.run(one.tenant(), () -> conversions.record(one, outcome, Instant.now()));
        }
        return claimed.size();
    }

    private Outcome attempt(Claimed claimed, Instant now) {
        if (claimed.at().isBefore(now.minus(Conversions.OLDEST))) return new Outcome.Never(Conversions.TOO_OLD);
        try {
            return Bounded.within(properties.timeout(), () -> exchange(claimed));
        } catch (TimeoutException tooSlow) {
            return new Outcome.Later("no answer within " + properties.timeout());
        } catch (ExecutionException failed) {
            return new Outcome.Later(failed.getCause() instanceof Secrets.CannotOpen
                    ? "The access token cannot be opened; give it again." : failed.getCause().getClass().getSimpleName());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new Outcome.Later("the program stopped");
        }
    }

    private Outcome exchange(Claimed claimed) throws IOException, InterruptedException {
        var token = settings.open(claimed.tenant(), claimed.project(), claimed.token());
        var request = HttpRequest.newBuilder(URI.create(properties.metaUrl() + "/" + claimed.dataset() + "/events")).timeout(properties.timeout())
                .header("Content-Type", "application/json").header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(payload(claimed)))).build();
        var answer = http.send(request, BodyHandlers.ofInputStream());
        try (var body = answer.body()) {
            return judged(answer.statusCode(), body.readNBytes(LONGEST_ANSWER));
        }
    }

    /** A refusal is final, except those that ask for patience or for another token. */
    private static Outcome judged(int status, byte[] body) {
        if (status / 100 == 2) return new Outcome.Taken();
        var error = error(body);
        var reason = "answered " + status + (error.path("message").isString() ? ": " + error.path("message").asString() : "");
        return status / 100 == 5 || status == 401 || status == 408 || status == 429 || error.path("is_transient").asBoolean(false)
                || error.path("code").asInt(0) == TOKEN_INVALID ? new Outcome.Later(reason) : new Outcome.Never(reason);
    }

    private static JsonNode error(byte[] body) {
        try {
            return JSON.readTree(body).path("error");
        } catch (JacksonException noJson) {
            return MissingNode.getInstance();
        }
    }

    private static JsonNode payload(Claimed claimed) {
        var event = JSON.createObjectNode();
        event.put("event_name", claimed.amount().isPresent() ? "Purchase" : "LeadSubmitted");
        event.put("event_time", claimed.at().getEpochSecond());
        event.put("event_id", claimed.id().toString());
        event.put("action_source", "business_messaging");
        event.put("messaging_channel", "whatsapp");
        event.putObject("user_data").put("whatsapp_business_account_id", claimed.businessAccount()).put("ctwa_clid", claimed.clickId());
        claimed.amount().ifPresent(amount -> {
            var currency = Currency.getInstance(claimed.currency().orElseThrow());
            event.putObject("custom_data").put("currency", currency.getCurrencyCode())
                    .put("value", BigDecimal.valueOf(amount, Math.max(0, currency.getDefaultFractionDigits())));
        });
        var payload = JSON.createObjectNode();
        payload.putArray("data").add(event);
        return payload.put("partner_agent", "ventros-crm");
    }
}
