package com.ventros.crm.tracking.web;

import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.IfMatch;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.tracking.KeepTrackingLinks;
import com.ventros.crm.tracking.KeepTrackingLinks.TypedUtm;
import com.ventros.crm.tracking.TrackingLinkId;
import com.ventros.crm.tracking.TrackingLinkView;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Links that lead to WhatsApp and tell by which of them somebody came. */
@RestController
@RequestMapping("/api/v1/tracking/links")
class TrackingLinkController {

    /** A link to make: to the number of a channel, with a text that waits to be sent. */
    record NewLink(@NotNull @Size(max = LONGEST) String name, @NotNull UUID channelId, @NotNull @Size(max = LONGEST) String text,
            @NotNull @Valid UtmWords utm) {}

    /** What to change; what is missing stays. The five words of {@code utm} are given together. */
    record Change(@Size(max = LONGEST) String name, UUID channelId, @Size(max = LONGEST) String text, @Valid UtmWords utm, Boolean archived) {}

    /** Where somebody comes from, as marketing says it; kept in small letters. */
    record UtmWords(@NotNull @Size(max = LONGEST) String source, @Size(max = LONGEST) String medium, @Size(max = LONGEST) String campaign,
            @Size(max = LONGEST) String term, @Size(max = LONGEST) String content) {

        private TypedUtm typed() {
            return new TypedUtm(source, Optional.ofNullable(medium), Optional.ofNullable(campaign), Optional.ofNullable(term),
                    Optional.ofNullable(content));
        }
    }

    /** In Java's characters, of which an emoji has two or more; the exact limits are those of the link. */
    private static final int LONGEST = 2_000;

    private final TrackingLinkView view;
    private final KeepTrackingLinks keep;

    TrackingLinkController(TrackingLinkView view, KeepTrackingLinks keep) {
        this.view = view;
        this.keep = keep;
    }

    /** Lists the links, the newest first; those that are archived when {@code archived} says so. */
    @Requires(Permission.AUTOMATION_READ)
    @GetMapping
    Page<TrackingLinkView.Shown> list(@RequestParam Optional<Boolean> archived, Paging paging) {
        return Page.of(view.list(archived.orElse(false), paging), paging, link -> Cursor.after(link.createdAt(), link.id()));
    }

    /** Makes a link. */
    @Requires(Permission.AUTOMATION_WRITE)
    @PostMapping
    ResponseEntity<TrackingLinkView.Shown> make(@Valid @RequestBody NewLink request) {
        var id = keep.make(new KeepTrackingLinks.New(request.name(), new ChannelId(request.channelId()), request.text(),
                request.utm().typed()));
        var made = find(id);
        return ResponseEntity.created(URI.create("/api/v1/tracking/links/" + id)).eTag(IfMatch.etag(made.version())).body(made);
    }

    /** Shows a link. */
    @Requires(Permission.AUTOMATION_READ)
    @GetMapping("/{id}")
    ResponseEntity<TrackingLinkView.Shown> get(@PathVariable UUID id) {
        var link = find(new TrackingLinkId(id));
        return IfMatch.ok(link.version(), link);
    }

    /** Changes a link, archives it or brings it back; its address stays. */
    @Requires(Permission.AUTOMATION_WRITE)
    @PatchMapping("/{id}")
    ResponseEntity<TrackingLinkView.Shown> change(@PathVariable UUID id, IfMatch seen, @Valid @RequestBody Change request) {
        keep.change(new TrackingLinkId(id), new KeepTrackingLinks.Change(Optional.ofNullable(request.name()),
                Optional.ofNullable(request.channelId()).map(ChannelId::new), Optional.ofNullable(request.text()),
                Optional.ofNullable(request.utm()).map(UtmWords::typed), Optional.ofNullable(request.archived())), seen::mustBe);
        return get(id);
    }

    /** Deletes a link that nobody has opened; others are archived. */
    @Requires(Permission.AUTOMATION_WRITE)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id) {
        keep.delete(new TrackingLinkId(id));
    }

    private TrackingLinkView.Shown find(TrackingLinkId id) {
        return view.find(id).orElseThrow(() -> Refusal.notFound("tracking_link"));
    }
}
