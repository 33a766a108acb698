package com.ventros.crm.media;

import com.robothy.s3.rest.LocalS3;
import com.robothy.s3.rest.bootstrap.LocalS3Mode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket on a server of its own, which keeps what it has while it is away. */
public final class TestBucket {

    private static final String NAME = "files";
    private static final String KEY = "key";

    private final Path folder;
    private final int port;
    private LocalS3 server;

    private TestBucket(Path folder) {
        this.folder = folder;
        this.server = server(-1);
        server.start();
        this.port = server.getPort();
    }

    public static TestBucket start(Path folder) {
        var bucket = new TestBucket(folder);
        try (var s3 = bucket.client()) {
            s3.createBucket(create -> create.bucket(NAME));
        }
        return bucket;
    }

    private LocalS3 server(int port) {
        return LocalS3.builder().port(port).mode(LocalS3Mode.PERSISTENCE).dataPath(folder.toString()).build();
    }

    public void stop() {
        server.shutdown();
    }

    public void startAgain() {
        server = server(port);
        server.start();
    }

    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    MediaProperties.S3 settings() {
        return new MediaProperties.S3(NAME, Optional.of(URI.create(endpoint())), "us-east-1", Optional.of(KEY), Optional.of(KEY), true,
                Duration.ofSeconds(5));
    }

    public List<String> keys() {
        try (var s3 = client()) {
            return s3.listObjectsV2(list -> list.bucket(NAME)).contents().stream().map(S3Object::key).toList();
        }
    }

    private S3Client client() {
        return S3Client.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).region(Region.US_EAST_1).forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, KEY)))
                .endpointOverride(URI.create(endpoint())).build();
    }
}
