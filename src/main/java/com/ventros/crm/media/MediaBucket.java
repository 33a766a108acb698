package com.ventros.crm.media;

import com.ventros.crm.kernel.TenantId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Files in a bucket: {@code <tenant>/<first two digits of the hash>/<hash>}, as in the folder, so that one can be copied to the other. */
final class MediaBucket implements MediaStore, AutoCloseable {

    private final S3Client s3;
    private final String bucket;
    /** What is on its way, in and out. */
    private final MediaFolder near;

    MediaBucket(MediaProperties.S3 settings, MediaFolder near) {
        this.bucket = settings.bucket();
        this.near = near;
        var builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(settings.timeout()).socketTimeout(settings.timeout()))
                .overrideConfiguration(all -> all.apiCallTimeout(settings.timeout()))
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials(settings))
                .forcePathStyle(settings.pathStyle())
                // Not every storage knows Amazon's newer checksums.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        settings.endpoint().ifPresent(builder::endpointOverride);
        this.s3 = builder.build();
    }

    private static AwsCredentialsProvider credentials(MediaProperties.S3 settings) {
        return settings.accessKey().<AwsCredentialsProvider>map(key ->
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(key, settings.secretKey().orElseThrow())))
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }

    @Override
    public Path temporary() throws IOException {
        return near.temporary();
    }

    @Override
    public void take(TenantId tenant, String sha256, Path complete) throws IOException {
        asked(() -> s3.putObject(put -> put.bucket(bucket).key(key(tenant, sha256)), RequestBody.fromFile(complete)));
    }

    /** Comes here as a whole first: it is there to its last byte, within the time-out, before anybody is given the first one. */
    @Override
    public InputStream open(TenantId tenant, String sha256) throws IOException {
        var part = near.temporary();
        try {
            try (var out = Files.newOutputStream(part)) {
                asked(() -> s3.getObject(get -> get.bucket(bucket).key(key(tenant, sha256)), ResponseTransformer.toOutputStream(out)));
            }
            return Files.newInputStream(part, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException | RuntimeException failed) {
            Files.deleteIfExists(part);
            throw failed;
        }
    }

    @Override
    public void delete(TenantId tenant, String sha256) throws IOException {
        asked(() -> s3.deleteObject(delete -> delete.bucket(bucket).key(key(tenant, sha256))));
    }

    private static String key(TenantId tenant, String sha256) {
        return tenant + "/" + sha256.substring(0, 2) + "/" + sha256;
    }

    private static void asked(Supplier<?> call) throws IOException {
        try {
            call.get();
        } catch (NoSuchKeyException gone) {
            throw (FileNotFoundException) new FileNotFoundException(gone.getMessage()).initCause(gone);
        } catch (SdkException failed) {
            throw new IOException("The bucket: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void close() {
        s3.close();
    }
}
