package com.ventros.crm.channels;

import com.ventros.crm.Api;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.channels.waha.Samples;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Channels that a test connects over the API, signed with the secret of {@link Samples}. */
public record TestChannels(TestTenant tenant, Api api) {

    /** What the simulated WAHA wants to see. */
    public static final String API_KEY = "waha-test-key";

    /** One channel as its creator sees it. */
    public record Connected(UUID id, String webhookPath) {}

    public static TestChannels of(TestTenant tenant, int port) {
        return new TestChannels(tenant, Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant())));
    }

    /** Connects a session of a WAHA server. */
    public Connected connect(String url, String session) {
        var answer = api.post("/api/v1/channels", body(url, session));
        if (answer.status() != 201) throw new AssertionError(answer);
        return new Connected(UUID.fromString(answer.json().get("id").asString()),
                answer.json().get("webhookPath").asString());
    }

    public static Map<String, Object> body(String url, String session) {
        return new HashMap<>(Map.of("name", "WhatsApp " + session, "type", "waha",
                "waha", Map.of("url", url, "session", session, "apiKey", API_KEY, "hmacSecret", Samples.SECRET)));
    }
}
