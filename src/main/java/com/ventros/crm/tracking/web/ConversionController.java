package com.ventros.crm.tracking.web;

import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.IfMatch;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import com.ventros.crm.tracking.ConversionSettings;
import com.ventros.crm.tracking.Conversions;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What Meta hears of what its advertisements led to. */
@RestController
@RequestMapping("/api/v1/tracking")
class ConversionController {

    /** What to change; what is missing stays, and a blank text is taken away. The access token is never shown. */
    record SettingsChange(Boolean enabled, @Size(max = LONGEST) String datasetId, @Size(max = LONGEST) String businessAccountId,
            @Size(max = LONGEST) String accessToken) {
        @Override
        public String toString() {
            return "SettingsChange[hidden]";
        }
    }

    private static final int LONGEST = 1_000;

    private final ConversionSettings settings;
    private final Conversions conversions;

    ConversionController(ConversionSettings settings, Conversions conversions) {
        this.settings = settings;
        this.conversions = conversions;
    }

    /** Shows whether, and where, Meta hears of conversions; switched off until somebody says otherwise. */
    @Requires(Permission.AUTOMATION_READ)
    @GetMapping("/conversion-settings")
    ResponseEntity<ConversionSettings.Shown> settings(@RequestParam Optional<UUID> projectId) {
        var shown = settings.of(projectId);
        return IfMatch.ok(shown.version(), shown);
    }

    /** Says whether, and where, Meta hears of conversions. */
    @Requires(Permission.SETTINGS_WRITE)
    @PatchMapping("/conversion-settings")
    ResponseEntity<ConversionSettings.Shown> change(@RequestParam Optional<UUID> projectId, IfMatch seen, @Valid @RequestBody SettingsChange request) {
        var shown = settings.change(projectId, new ConversionSettings.Change(Optional.ofNullable(request.enabled()), Optional.ofNullable(request.datasetId()),
                Optional.ofNullable(request.businessAccountId()), Optional.ofNullable(request.accessToken())), seen::mustBe);
        return IfMatch.ok(shown.version(), shown);
    }

    /** Lists the conversions with how far each is on its way to Meta, the newest first. */
    @Requires(Permission.AUTOMATION_READ)
    @GetMapping("/conversions")
    Page<Conversions.Shown> list(Paging paging) {
        return Page.of(conversions.list(paging), paging, one -> Cursor.after(one.at(), one.id()));
    }

    /** Has a conversion that was given up sent to Meta again, under the same id. */
    @Requires(Permission.AUTOMATION_WRITE)
    @PostMapping("/conversions/{id}/retry")
    Conversions.Shown retry(@PathVariable UUID id) {
        return conversions.retry(id);
    }
}
