package com.ventros.crm.channels.api;

import com.ventros.crm.channels.ChannelConnections;
import com.ventros.crm.channels.EndpointAddress;
import com.ventros.crm.channels.waha.RawDeliveries;
import com.ventros.crm.channels.waha.RawDelivery;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import com.ventros.crm.tenancy.Tenancy;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Takes what a company's program reports: checked at once, since the program is told what is wrong with it, and then kept
 * durably beside the deliveries of WAHA, to be saved like them. The same report again changes nothing.
 */
@Component
public class Reports {

    /** Somebody's message as the program tells it; missing things null. */
    public record Message(String id, String phone, String externalId, String name, String sentAt, String text, File media,
            String replyTo) {}

    /** A file of a message. */
    public record File(String type, String url, String mimeType, String fileName) {}

    private static final int LONGEST_ID = 200;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TEXT = 8192;
    private static final int LONGEST_URL = 2_000;
    /** How far a program's clock may be ahead of ours. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Set<String> FILES = Set.of("image", "video", "voice", "audio", "document");
    private static final Set<String> STATUSES = Set.of("sent", "delivered", "read", "failed");

    private final ChannelConnections connections;
    private final AllowedEndpoints allowed;
    private final RawDeliveries deliveries;

    Reports(ChannelConnections connections, AllowedEndpoints allowed, RawDeliveries deliveries) {
        this.connections = connections;
        this.allowed = allowed;
        this.deliveries = deliveries;
    }

    /** Somebody wrote. Durable when this returns. */
    public void message(ChannelId channel, Message told) {
        var id = needed("id", told.id(), LONGEST_ID);
        var phone = text("sender.phone", told.phone(), LONGEST_NAME).map(typed -> PhoneNumber.parse(typed)
                .map(PhoneNumber::e164).orElseThrow(() ->
                        Refusal.invalid("sender.phone", "phone_invalid", "Give the number with + and its country code.")));
        var externalId = text("sender.externalId", told.externalId(), LONGEST_ID);
        if (phone.isEmpty() && externalId.isEmpty()) {
            throw Refusal.invalid("sender", "required", "Say who wrote: phone, externalId, or both.");
        }
        var said = text("text", told.text(), LONGEST_TEXT);
        var file = Optional.ofNullable(told.media()).map(this::file);
        if (said.isEmpty() && file.isEmpty()) throw Refusal.invalid("text", "required", "Give a text, a file, or both.");
        var sender = new Report.Sender(phone, externalId, text("sender.name", told.name(), LONGEST_NAME));
        keep(channel, id, new Report(Optional.of(new Report.Said(id, sender, time("sentAt", told.sentAt()), said, file,
                text("replyTo", told.replyTo(), LONGEST_ID))), Optional.empty()));
    }

    /** A message of ours came further, or did not. Durable when this returns. */
    public void receipt(ChannelId channel, String messageId, String status, String at) {
        var id = needed("messageId", messageId, LONGEST_ID);
        if (status == null || !STATUSES.contains(status)) {
            throw Refusal.invalid("status", "unknown", "The status is sent, delivered, read or failed.");
        }
        keep(channel, id + "/" + status, new Report(Optional.empty(), Optional.of(new Report.Receipt(id, status, time("at", at)))));
    }

    private void keep(ChannelId channel, String name, Report report) {
        var tenant = Tenancy.current();
        var endpoint = connections.endpoint(tenant, channel).orElseThrow(() -> connections.isArchived(tenant, channel)
                ? Refusal.conflict("channel_archived", "The channel is archived; restore it first.")
                : connections.type(tenant, channel)
                .map(_ -> Refusal.conflict("channel_without_api", "Only a channel of the type api takes reports."))
                .orElseGet(() -> Refusal.notFound("channel")));
        deliveries.keep(RawDelivery.accepted(EndpointAddress.TYPE, tenant, endpoint.project(), channel, Instant.now(),
                Optional.of(name), ReportReader.written(report)));
    }

    private Report.File file(File given) {
        if (given.type() == null || !FILES.contains(given.type())) {
            throw Refusal.invalid("media.type", "unknown", "The type is image, video, voice, audio or document.");
        }
        var url = needed("media.url", given.url(), LONGEST_URL);
        try {
            var uri = new URI(url);
            if (uri.getHost() == null || uri.getRawUserInfo() != null) throw badUrl();
            allowed.check("media.url", uri);
        } catch (URISyntaxException notAnAddress) {
            throw badUrl();
        }
        return new Report.File(given.type(), url, text("media.mimeType", given.mimeType(), LONGEST_NAME),
                text("media.fileName", given.fileName(), LONGEST_NAME));
    }

    private static Refusal badUrl() {
        return Refusal.invalid("media.url", "url_invalid", "This is no address of a file.");
    }

    private static String needed(String field, String given, int most) {
        return text(field, given, most).orElseThrow(() -> Refusal.invalid(field, "required", "It has 1 to " + most + " characters."));
    }

    /** What is blank was not given. */
    private static Optional<String> text(String field, String given, int most) {
        if (given == null || given.isBlank()) return Optional.empty();
        if (given.length() > most) throw Refusal.invalid(field, "length", "It has at most " + most + " characters.");
        return Optional.of(Text.storable(given));
    }

    private static Optional<Instant> time(String field, String given) {
        if (given == null) return Optional.empty();
        try {
            var at = Instant.parse(given);
            if (!at.isBefore(EARLIEST) && at.isBefore(Instant.now().plus(CLOCK_SKEW))) return Optional.of(at);
        } catch (DateTimeException noTime) {
            // refused as any other text that is no time
        }
        throw Refusal.invalid(field, "invalid", "A time is written 2026-03-01T12:00:00Z, and has been.");
    }
}
