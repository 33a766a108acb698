package com.ventros.crm.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@DatabaseTest
class HealthTests {

    @LocalServerPort
    int port;

    @Test
    void everybodyMayAskHowWeAre() {
        var answer = Api.anonymous(port).get("/health");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("status").asString()).isEqualTo("healthy");
        assertThat(answer.json().path("parts").path("postgres").asString()).isEqualTo("up");
        assertThat(answer.json().path("parts").path("temporal").asString()).isEqualTo("up");
        assertThat(answer.json().path("parts").path("redis").asString()).isEqualTo("not_used");
        assertThat(answer.json().path("parts").has("rabbitmq")).isTrue();
        assertThat(Api.anonymous(port).get("/actuator/health").status()).isEqualTo(200);
    }
}
