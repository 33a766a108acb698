package com.ventros.crm.media;

import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.tenancy.Tenancy;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** A file has come, from a member or with a message: what it holds is kept once, however often it comes. */
@Component
public class KeepMedia {

    private final MediaStore store;
    private final Sniffer sniffer;
    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final long maxBytes;

    KeepMedia(MediaStore store, Sniffer sniffer, JdbcClient db, TransactionTemplate transaction,
            MediaProperties settings) {
        this.store = store;
        this.sniffer = sniffer;
        this.db = db;
        this.transaction = transaction;
        this.maxBytes = settings.maxSize().toBytes();
    }

    /** The most bytes that a file may have. */
    public long maxBytes() {
        return maxBytes;
    }

    /** A place for a file on its way here; whoever asks for it gives it to {@link #keep} or deletes it. */
    public Path temporary() {
        try {
            return store.temporary();
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /**
     * Reads a file to its end.
     *
     * @param name as its sender calls it; only a hint of what it is
     * @throws Refusal {@code media_store_unavailable} when it cannot be kept now
     */
    public MediaFile handle(InputStream bytes, Optional<String> name) throws IOException {
        var part = temporary();
        try {
            try (var out = Files.newOutputStream(part)) {
                long read = bytes.transferTo(new Limited(out, maxBytes));
                if (read == 0) throw empty();
            }
            try {
                return keep(part, name);
            } catch (IOException away) {
                throw MediaStore.unavailable(away);
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Takes a complete file out of its temporary place. */
    public MediaFile keep(Path complete, Optional<String> name) throws IOException {
        long bytes = Files.size(complete);
        if (bytes == 0) throw empty();
        if (bytes > maxBytes) throw tooLarge();
        var sha256 = sha256(complete);
        var type = sniffer.typeOf(complete, name);
        try {
            return transaction.execute(_ -> take(complete, sha256, bytes, type));
        } catch (UncheckedIOException disk) {
            throw disk.getCause();
        }
    }

    private MediaFile take(Path complete, String sha256, long bytes, String type) {
        // Whoever deletes the same bytes is through by now, or waits until the row is there.
        lock(db, sha256);
        try {
            store.take(Tenancy.current(), sha256, complete);
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        }
        return row(sha256, bytes, type);
    }

    /** One at a time does something with these bytes of the tenant's. */
    static void lock(JdbcClient db, String sha256) {
        db.sql("select pg_advisory_xact_lock(hashtextextended('media:' || :tenant || ':' || :sha256, 0))")
                .param("tenant", Tenancy.current().toString()).param("sha256", sha256).query().listOfRows();
    }

    private MediaFile row(String sha256, long bytes, String type) {
        db.sql("""
                insert into media_file (tenant_id, id, sha256, bytes, mime_type, created_at)
                values (:tenant, :id, :sha256, :bytes, :type, now()) on conflict do nothing
                """)
                .param("tenant", Tenancy.current().value()).param("id", MediaId.create().value())
                .param("sha256", sha256).param("bytes", bytes).param("type", type).update();
        return db.sql("select id, sha256, bytes, mime_type from media_file where sha256 = :sha256").param("sha256", sha256)
                .query((found, _) -> new MediaFile(new MediaId(found.getObject("id", UUID.class)), sha256,
                        found.getLong("bytes"), found.getString("mime_type")))
                .single();
    }

    private static String sha256(Path file) throws IOException {
        try (var digest = new DigestOutputStream(OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"))) {
            Files.copy(file, digest);
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** Why a file that is larger is not kept. */
    public Refusal tooLarge() {
        return tooLarge(maxBytes);
    }

    private static Refusal tooLarge(long maxBytes) {
        return new Refusal(Refusal.Kind.INVALID, "file_too_large", "A file has at most " + maxBytes + " bytes.");
    }

    private static Refusal empty() {
        return new Refusal(Refusal.Kind.INVALID, "file_empty", "There is nothing in the file.");
    }

    /** Stops what would become too large before it fills the disk. */
    private static final class Limited extends FilterOutputStream {
        private final long most;
        private long written;

        Limited(OutputStream out, long most) {
            super(out);
            this.most = most;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            written += length;
            if (written > most) throw tooLarge(most);
            out.write(bytes, from, length);
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }
    }
}
