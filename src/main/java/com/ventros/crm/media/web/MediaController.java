package com.ventros.crm.media.web;

import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.media.FileName;
import com.ventros.crm.media.KeepMedia;
import com.ventros.crm.media.MediaFiles;
import com.ventros.crm.media.MediaId;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Files: taken in to be sent, and given out to those who may read the messages that carry them. */
@RestController
@RequestMapping("/api/v1/media")
class MediaController {

    /** {@code mimeType} is what the file is, whatever it was called. */
    record Kept(UUID id, String mimeType, long bytes, String sha256) {}

    /** What a browser shows without running anything in it; all else is saved, HTML and SVG above all. */
    private static final Set<String> SHOWN = Set.of("image/jpeg", "image/png", "image/gif", "image/webp", "video/mp4",
            "video/3gpp", "audio/ogg", "audio/mpeg", "audio/mp4", "audio/webm", "audio/aac", "audio/amr", "audio/wav", "application/pdf");
    /** Nothing in it may load or run, even if a browser opens it as a page. */
    private static final String NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
    /** What lies under an id never changes. */
    private static final Duration CACHED = Duration.ofDays(30);
    private static final int LONGEST_NAME = 500;

    private final KeepMedia keepMedia;
    private final MediaFiles files;

    MediaController(KeepMedia keepMedia, MediaFiles files) {
        this.keepMedia = keepMedia;
        this.files = files;
    }

    /** Keeps a file to be sent. The body is the file, of whatever content type; the name helps to tell what it is. */
    @Requires(Permission.MESSAGE_SEND)
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Kept keep(@RequestParam Optional<String> fileName, HttpServletRequest request) throws IOException {
        checkName(fileName);
        if (request.getContentLengthLong() > keepMedia.maxBytes()) throw keepMedia.tooLarge();
        var file = keepMedia.handle(request.getInputStream(), fileName);
        return new Kept(file.id().value(), file.mimeType(), file.bytes(), file.sha256());
    }

    /** Gives out a file. Only what a browser shows without running it has its own type; a range may be asked for. */
    @Requires(Permission.INBOX_READ)
    @GetMapping("/{id}")
    ResponseEntity<Resource> get(@PathVariable UUID id, @RequestParam Optional<String> fileName) {
        checkName(fileName);
        var file = files.find(new MediaId(id)).orElseThrow(() -> Refusal.notFound("file"));
        boolean shown = SHOWN.contains(file.mimeType());
        var disposition = (shown ? ContentDisposition.inline() : ContentDisposition.attachment())
                .filename(fileName.map(FileName::clean).orElse(id.toString()), StandardCharsets.UTF_8).build();
        return ResponseEntity.ok()
                .contentType(shown ? MediaType.parseMediaType(file.mimeType()) : MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition.toString())
                .header("Content-Security-Policy", NOTHING_RUNS)
                .header("X-Content-Type-Options", "nosniff")
                .cacheControl(CacheControl.maxAge(CACHED).cachePrivate().immutable())
                .eTag(file.sha256())
                .body(files.bytes(file));
    }

    private static void checkName(Optional<String> fileName) {
        if (fileName.filter(name -> name.length() > LONGEST_NAME).isPresent()) {
            throw Refusal.invalid("fileName", "length", "A name has at most " + LONGEST_NAME + " characters.");
        }
    }
}
