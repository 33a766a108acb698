package com.ventros.crm.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.Api;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;

/** Needs an installation that nobody uses yet, so it has one of its own. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "crm.admin.company=Vazia")
@DirtiesContext
@Isolated
class FirstAdministratorTests {

    @LocalServerPort
    int port;

    @Autowired
    FirstAdministrator administrator;

    @Test
    void theFirstToComeOwnsTheInstallationAndNobodyElse() throws Exception {
        var anonymous = Api.anonymous(port);
        var proxied = anonymous.with("X-Forwarded-For", "203.0.113.9");
        var state = anonymous.get("/api/v1/setup").json();
        assertThat(state.path("needed").asBoolean()).isTrue();
        assertThat(state.path("codeRequired").asBoolean()).isFalse();
        assertThat(proxied.get("/api/v1/setup").json().path("codeRequired").asBoolean()).isTrue();

        assertThat(anonymous.post("/api/v1/setup", setup(0, "short", null)).status()).isEqualTo(422);
        assertThat(proxied.post("/api/v1/setup", setup(0, "cavalo bateria grampo", null)).code())
                .isEqualTo("setup_code_wrong");
        assertThat(proxied.post("/api/v1/setup", setup(0, "cavalo bateria grampo", "0000-0000-0000")).status())
                .isEqualTo(403);

        var code = administrator.code().substring(0, 6) + "-" + administrator.code().substring(6).toLowerCase();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = threads.invokeAll(IntStream.range(0, 6).mapToObj(i -> (Callable<Integer>) () ->
                            (i % 2 == 0 ? anonymous : proxied)
                                    .post("/api/v1/setup", setup(i, "cavalo bateria grampo", code)).status())
                    .toList()).stream().map(answer -> answer.resultNow()).sorted().toList();
            assertThat(statuses).containsExactly(201, 409, 409, 409, 409, 409);
        }
        assertThat(anonymous.get("/api/v1/setup").json().path("needed").asBoolean()).isFalse();
        assertThat(proxied.get("/api/v1/setup").json().path("codeRequired").asBoolean()).isFalse();
    }

    private static Map<String, String> setup(int n, String password, String code) {
        var body = new java.util.HashMap<>(Map.of("company", "Padaria Sol", "name", "Ana",
                "email", "ana" + n + "@exemplo.com.br", "password", password));
        if (code != null) body.put("setupCode", code);
        return body;
    }
}
