package com.ventros.crm.media;

import com.ventros.crm.http.Bounded;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where files are kept, and which.
 *
 * @param folder  of all tenants; several nodes need one that they share. With a bucket, only what is on its way lies there
 * @param maxSize largest file, sent or received: WhatsApp's own limit for pictures, films and sound is 16 MB
 * @param s3      a bucket in place of the folder, once it has a name
 */
@ConfigurationProperties("crm.media")
public record MediaProperties(@DefaultValue("data/media") Path folder, @DefaultValue("16MB") DataSize maxSize, @DefaultValue S3 s3) {

    /**
     * A bucket behind the API of Amazon's S3, which most storages speak.
     *
     * @param bucket    its name; it has to be there
     * @param endpoint  the storage's address; without it Amazon's own of the region
     * @param region    Amazon's word for where it is; other storages mostly take any
     * @param accessKey with the secret key; without both they are looked for where Amazon's tools look (environment, files, the machine's role)
     * @param pathStyle whether the bucket's name is part of the path, as storages of one's own want it, and not of the host
     * @param timeout   for one file, to its last byte
     */
    public record S3(
            @DefaultValue("") String bucket,
            Optional<URI> endpoint,
            @DefaultValue("us-east-1") String region,
            Optional<String> accessKey,
            Optional<String> secretKey,
            @DefaultValue("false") boolean pathStyle,
            @DefaultValue("10s") Duration timeout) {

        /** A file is taken within a transaction, which PostgreSQL ends when it rests for 15 s. */
        private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(14);

        public S3 {
            Bounded.atMost(LONGEST_TIMEOUT, "crm.media.s3.timeout", timeout);
            if (accessKey.isPresent() != secretKey.isPresent()) {
                throw new IllegalArgumentException("crm.media.s3.access-key and crm.media.s3.secret-key are given both or neither.");
            }
        }

        /** Whoever prints the settings learns no secret. */
        @Override
        public String toString() {
            return "S3[bucket=" + bucket + ", endpoint=" + endpoint + ", region=" + region + "]";
        }
    }
}
