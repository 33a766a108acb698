package com.ventros.crm.media;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ventros.crm.kernel.TenantId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the folder and the bucket have in common, on a real disk and on a server that speaks S3. */
class MediaStoreTests {

    private static final String HASH = "ab".repeat(32);

    @TempDir
    static Path folder;

    private static TestBucket server;
    private final TenantId tenant = TenantId.create();

    @BeforeAll
    static void start() {
        server = TestBucket.start(folder.resolve("bucket"));
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    static Stream<MediaStore> stores() {
        var near = new MediaFolder(folder.resolve("near"));
        return Stream.of(near, new MediaBucket(server.settings(), near));
    }

    @ParameterizedTest
    @MethodSource("stores")
    void whatIsTakenIsGivenBackUntilItIsDeleted(MediaStore store) throws IOException {
        assertThatThrownBy(() -> store.open(tenant, HASH)).isInstanceOf(FileNotFoundException.class);
        for (int times = 0; times < 2; times++) store.take(tenant, HASH, file(store, "café"));
        for (int times = 0; times < 2; times++) assertThat(read(store)).isEqualTo("café");
        assertThatThrownBy(() -> store.open(TenantId.create(), HASH)).as("another tenant's").isInstanceOf(FileNotFoundException.class);
        for (int times = 0; times < 2; times++) store.delete(tenant, HASH);
        assertThatThrownBy(() -> store.open(tenant, HASH)).isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void whatWasReadOutOfTheBucketLeavesNothingBehind() throws IOException {
        var near = new MediaFolder(folder.resolve("other"));
        try (var bucket = new MediaBucket(server.settings(), near)) {
            var file = file(bucket, "uma foto");
            bucket.take(tenant, HASH, file);
            Files.deleteIfExists(file);
            assertThat(read(bucket)).isEqualTo("uma foto");
            assertThatThrownBy(() -> bucket.open(tenant, "cd".repeat(32))).isInstanceOf(FileNotFoundException.class);
        }
        try (var left = Files.list(folder.resolve("other/incoming"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aTimeOutThatATransactionCannotBearIsRefused() {
        var given = server.settings();
        assertThatThrownBy(() -> new MediaProperties.S3(given.bucket(), given.endpoint(), given.region(), given.accessKey(),
                given.secretKey(), true, Duration.ofSeconds(20))).hasMessageContaining("crm.media.s3.timeout");
    }

    private static Path file(MediaStore store, String text) throws IOException {
        return Files.writeString(store.temporary(), text);
    }

    private String read(MediaStore store) throws IOException {
        try (var bytes = store.open(tenant, HASH)) {
            return new String(bytes.readAllBytes(), UTF_8);
        }
    }
}
