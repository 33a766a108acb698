package com.ventros.crm.media;

import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Where the bytes of files lie: each under its tenant and the hash of what it holds, so that what lies there never changes. */
interface MediaStore {

    /** A new empty file from which {@link #take} is cheap; it lies on a disk of this node's. */
    Path temporary() throws IOException;

    /** Keeps a complete file, durably once this returns; what lies in its place already holds the same. Its path may be gone then. */
    void take(TenantId tenant, String sha256, Path complete) throws IOException;

    /** @throws java.io.FileNotFoundException when nothing lies there */
    InputStream open(TenantId tenant, String sha256) throws IOException;

    /** Nothing happens when nothing lies there. */
    void delete(TenantId tenant, String sha256) throws IOException;

    /** What somebody is told who asks meanwhile. */
    static Refusal unavailable(IOException why) {
        LoggerFactory.getLogger(MediaStore.class).warn("Files can neither be kept nor given: {}", why.toString());
        return new Refusal(Refusal.Kind.UNAVAILABLE, "media_store_unavailable", "Files can neither be kept nor given at the moment.");
    }
}
