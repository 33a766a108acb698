package com.ventros.crm.http;

import com.ventros.crm.http.IdempotencyKeys.Answer;
import com.ventros.crm.http.IdempotencyKeys.Request;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file that is handed in with an {@code Idempotency-Key} is taken in once, however often it is sent within a day. What comes of it
 * is one transaction with the key's row, as for any other POST ({@link Idempotency}).
 */
@Component
public class FilesOnce {

    /** Who hands in a file, where, with what said of it, and under which key. */
    public record Key(UUID caller, String route, String query, String key, HttpServletResponse response) {}

    private static final JsonMapper JSON = JsonMapper.shared();

    private final IdempotencyKeys keys;

    FilesOnce(IdempotencyKeys keys) {
        this.keys = keys;
    }

    /** The key of a request whose body is a file, if it carries one. */
    public Optional<Key> key(HttpServletRequest request, HttpServletResponse response) {
        if (request.getHeader(IdempotencyKeys.HEADER) == null) return Optional.empty();
        return PrincipalFilter.principal(request).map(caller -> new Key(caller.id(), IdempotencyKeys.route(request),
                IdempotencyKeys.query(request), IdempotencyKeys.key(request), response));
    }

    /** What comes of the file: of the work, or of an earlier one for the same file under the same key. */
    @Transactional(propagation = Propagation.MANDATORY)
    public <T> T once(Optional<Key> under, Path file, Class<T> type, Supplier<T> work) {
        if (under.isEmpty()) return work.get();
        var key = under.get();
        var asked = new Request(key.caller(), key.route(), key.key(), IdempotencyKeys.fingerprint(key.query(), sha256(file)));
        if (keys.claim(asked)) {
            var result = work.get();
            keys.keep(asked, new Answer(HttpStatus.OK.value(), Map.of(), JSON.writeValueAsBytes(result)));
            return result;
        }
        var earlier = JSON.readValue(keys.kept(asked).body(), type);
        key.response().setHeader(IdempotencyKeys.REPLAYED, "true");
        return earlier;
    }

    private static byte[] sha256(Path file) {
        try (var bytes = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            bytes.transferTo(OutputStream.nullOutputStream());
            return bytes.getMessageDigest().digest();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
