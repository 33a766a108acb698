package com.ventros.crm.media;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The program with its files in a bucket. */
@DatabaseTest
class MediaInBucketTests {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String PDF = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n";

    @TempDir
    static Path folder;

    private static TestBucket bucket;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void inABucket(DynamicPropertyRegistry settings) {
        bucket = TestBucket.start(folder);
        var given = bucket.settings();
        settings.add("crm.media.s3.bucket", given::bucket);
        settings.add("crm.media.s3.endpoint", bucket::endpoint);
        settings.add("crm.media.s3.access-key", given.accessKey()::get);
        settings.add("crm.media.s3.secret-key", given.secretKey()::get);
        settings.add("crm.media.s3.path-style", () -> true);
        settings.add("crm.media.s3.timeout", given::timeout);
    }

    @AfterAll
    static void stop() {
        bucket.stop();
    }

    @Test
    void aFileLiesInTheBucketAndWhileThatIsAwayNothingIsTakenAndNoHalfIsGiven() throws Exception {
        var tenant = TestTenant.create(db, transaction).tenant();
        var token = TestCallers.mayAll(tenant);
        var kept = send(token, post(PDF));
        assertThat(kept.statusCode()).isEqualTo(201);
        var sha256 = json(kept).path("sha256").asString();
        assertThat(bucket.keys()).containsExactly(tenant + "/" + sha256.substring(0, 2) + "/" + sha256);
        var file = "/" + json(kept).path("id").asString();
        assertThat(send(token, request(file)).body()).isEqualTo(PDF);
        var part = send(token, request(file).header("Range", "bytes=1-3"));
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("PDF");

        bucket.stop();
        var refused = send(token, post(PDF + "2"));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(json(refused).path("code").asString()).isEqualTo("media_store_unavailable");
        var away = send(token, request(file));
        assertThat(away.statusCode()).as(away.body()).isEqualTo(503);
        assertThat(json(away).path("code").asString()).isEqualTo("media_store_unavailable");
        assertThat(away.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(away.headers().firstValue("ETag")).isEmpty();

        bucket.startAgain();
        assertThat(send(token, request(file)).body()).isEqualTo(PDF);
        assertThat(send(token, post(PDF + "2")).statusCode()).isEqualTo(201);
        assertThat(bucket.keys()).hasSize(2);
    }

    private HttpRequest.Builder post(String body) {
        return request("?fileName=nota.pdf").header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder request(String rest) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/media" + rest));
    }

    private static HttpResponse<String> send(String token, HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.header("Authorization", "Bearer " + token).build(), HttpResponse.BodyHandlers.ofString(UTF_8));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
