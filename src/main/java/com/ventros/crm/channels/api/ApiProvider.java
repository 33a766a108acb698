package com.ventros.crm.channels.api;

import com.ventros.crm.channels.ChannelConnections;
import com.ventros.crm.channels.ChannelConnections.Endpoint;
import com.ventros.crm.channels.EndpointAddress;
import com.ventros.crm.channels.Provider;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.conversations.DirectChats.Place;
import com.ventros.crm.conversations.FetchMedia.Wanted;
import com.ventros.crm.conversations.MessageContent;
import com.ventros.crm.conversations.ReadMessages.Read;
import com.ventros.crm.conversations.SendIntents;
import com.ventros.crm.conversations.SendIntents.Claimed;
import com.ventros.crm.conversations.SendIntents.Quoted;
import com.ventros.crm.conversations.SendIntents.Task;
import com.ventros.crm.conversations.SendIntents.Unsettled;
import com.ventros.crm.conversations.SendOutcome;
import com.ventros.crm.http.Bounded;
import com.ventros.crm.http.StandardSignature;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import com.ventros.crm.media.KeepMedia;
import com.ventros.crm.media.MediaId;
import com.ventros.crm.tenancy.Tenancy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A company's own program: what is written to its people is posted to it, signed, under an id that is the same in each
 * try. It promises to do a request of one id once, so a request whose outcome is not known is made again.
 */
@Component
class ApiProvider implements Provider {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration WHEN_UNREACHABLE = Duration.ofSeconds(10);
    /** Who is asked for patience and told no time waits as long as WhatsApp's limits want. */
    private static final Duration WHEN_TOO_FAST = Duration.ofMinutes(1);
    /** Of an answer only the reason of a refusal is read. */
    private static final int LARGEST_ANSWER = 64 * 1024;
    /** Enough for a person to recognise the problem. */
    private static final int LONGEST_REASON = 200;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ChannelConnections connections;
    private final AllowedEndpoints allowed;
    private final SendIntents intents;
    private final KeepMedia keepMedia;
    private final Duration patience;
    private final Duration mediaPatience;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            // A redirect could lead what is said anywhere.
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    ApiProvider(ChannelConnections connections, AllowedEndpoints allowed, SendIntents intents, KeepMedia keepMedia,
            ApiChannelProperties settings) {
        this.connections = connections;
        this.allowed = allowed;
        this.intents = intents;
        this.keepMedia = keepMedia;
        this.patience = settings.timeout();
        this.mediaPatience = settings.mediaTimeout();
    }

    @Override
    public String type() {
        return EndpointAddress.TYPE;
    }

    @Override
    public SendOutcome send(Claimed claimed) {
        var endpoint = connections.endpoint(Tenancy.current(), claimed.channel());
        if (endpoint.isEmpty()) return new SendOutcome.Refused("channel_gone", "The channel is gone.", true);
        var address = claimed.address().or(() -> claimed.phone().map(PhoneNumber::e164));
        if (address.isEmpty()) {
            return new SendOutcome.Refused("address_missing", "The channel knows neither a number nor an id of this person.", true);
        }
        var to = new LinkedHashMap<String, Object>();
        to.put("address", address.get());
        to.put("phone", claimed.phone().map(PhoneNumber::e164).orElse(null));
        var body = new LinkedHashMap<String, Object>();
        var id = claimed.intent().toString();
        var externalId = id;
        switch (claimed.task()) {
            case Task.Say(var content, var file, var replyTo) -> {
                id = claimed.message().toString();
                externalId = id;
                body.put("type", "message");
                body.put("content", content(content, file));
                body.put("replyTo", replyTo.map(Quoted::externalId).orElse(null));
                // Its receipts name it, whenever they come, and if its answer never does.
                intents.preIssue(claimed.intent(), id);
            }
            case Task.React(var target, var emoji) -> {
                externalId = about(body, "reaction", target);
                body.put("emoji", emoji);
            }
            case Task.Edit(var target, var text) -> {
                externalId = about(body, "edit", target);
                body.put("text", text);
            }
            case Task.Revoke(var target) -> externalId = about(body, "revocation", target);
        }
        body.put("id", id);
        body.put("channelId", claimed.channel().value());
        body.put("to", to);
        return post(endpoint.get(), id, externalId, JSON.writeValueAsBytes(body));
    }

    private static String about(Map<String, Object> body, String type, Quoted target) {
        body.put("type", type);
        body.put("messageId", target.externalId());
        return target.externalId();
    }

    /** What is said, without what is not there. */
    private static Map<String, Object> content(MessageContent said, Optional<MediaId> file) {
        var content = new LinkedHashMap<String, Object>();
        content.put("type", said.type().name().toLowerCase(Locale.ROOT));
        said.text().ifPresent(text -> content.put("text", text));
        said.media().ifPresent(media -> {
            var shown = new LinkedHashMap<String, Object>();
            file.ifPresent(id -> shown.put("fileId", id.value()));
            media.mimeType().ifPresent(type -> shown.put("mimeType", type));
            media.fileName().ifPresent(name -> shown.put("fileName", name));
            media.bytes().ifPresent(bytes -> shown.put("bytes", bytes));
            content.put("media", shown);
        });
        said.location().ifPresent(place -> {
            var shown = new LinkedHashMap<String, Object>();
            shown.put("latitude", place.latitude());
            shown.put("longitude", place.longitude());
            place.name().ifPresent(name -> shown.put("name", name));
            content.put("location", shown);
        });
        if (!said.cards().isEmpty()) {
            content.put("contacts", said.cards().stream().map(card -> Map.of("name", card.name(), "vcard", card.vcard())).toList());
        }
        said.poll().ifPresent(poll -> content.put("poll", Map.of("question", poll.question(), "options", poll.options(),
                "multipleAnswers", poll.multipleAnswers())));
        return content;
    }

    private SendOutcome post(Endpoint endpoint, String id, String externalId, byte[] body) {
        try {
            return Bounded.within(patience, () -> exchange(endpoint, id, externalId, body));
        } catch (TimeoutException tooSlow) {
            return new SendOutcome.Unsure("The program did not answer within " + patience + ".");
        } catch (ExecutionException broken) {
            return new SendOutcome.Unsure(shortened(String.valueOf(broken.getCause())));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new SendOutcome.Unsure("interrupted while waiting for the program");
        }
    }

    private SendOutcome exchange(Endpoint endpoint, String id, String externalId, byte[] body) throws InterruptedException {
        var uri = URI.create(endpoint.url());
        try {
            var refusal = allowed.refusal(uri);
            if (refusal.isPresent()) return new SendOutcome.Refused("address_not_allowed", refusal.get(), true);
            var at = Instant.now();
            var request = HttpRequest.newBuilder(uri).timeout(patience)
                    .header("Content-Type", "application/json").header("Accept", "application/json")
                    .header("User-Agent", "Ventros-Channel").header("Idempotency-Key", id)
                    .header("webhook-id", id).header("webhook-timestamp", Long.toString(at.getEpochSecond()))
                    .header("webhook-signature", StandardSignature.of(endpoint.secret(), id, at, body))
                    .POST(BodyPublishers.ofByteArray(body)).build();
            return judged(http.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER)), externalId);
        } catch (UnknownHostException | ConnectException | HttpConnectTimeoutException | UnresolvedAddressException
                | SSLHandshakeException never) {
            return new SendOutcome.Again(WHEN_UNREACHABLE);
        } catch (IOException brokenOff) {
            return new SendOutcome.Unsure(shortened(brokenOff.getClass().getSimpleName() + ": " + brokenOff.getMessage()));
        }
    }

    /** A refusal is final, except those that ask for patience; of a failure inside nobody knows how far it came. */
    private static SendOutcome judged(HttpResponse<byte[]> answer, String externalId) {
        int status = answer.statusCode();
        if (status / 100 == 2) return new SendOutcome.Sent(externalId, Instant.now());
        if (status == 429) return new SendOutcome.Again(WHEN_TOO_FAST);
        if (status / 100 == 5 || status == 408) return new SendOutcome.Unsure("The program answered " + status + ".");
        return new SendOutcome.Refused("refused_by_program", shortened("The program answered " + status + reason(answer.body())), true);
    }

    /** As a problem (RFC 9457) or many another error tells it. */
    private static String reason(byte[] body) {
        try {
            var json = JSON.readTree(body);
            for (var field : new String[] {"detail", "message", "error"}) {
                if (json.path(field).isString()) return ": " + Text.storable(json.path(field).asString());
            }
        } catch (JacksonException notJson) {
            // the status says enough
        }
        return ".";
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
    }

    /** Whoever sent it is gone: the same request is made again, since it happens once. */
    @Override
    public Optional<SendOutcome> settle(Unsettled unsettled, Instant now) {
        return Optional.of(new SendOutcome.Unsure("The sender ended before it told the outcome."));
    }

    @Override
    public Fetched fetch(Wanted wanted) throws IOException {
        var part = keepMedia.temporary();
        try {
            var missing = Bounded.within(mediaPatience, () -> download(URI.create(wanted.url()), part));
            if (missing.isPresent()) return missing.get();
            return new Fetched.Here(keepMedia.keep(part, wanted.fileName()));
        } catch (Refusal unusable) {
            return new Fetched.Missing(unusable.code(), true);
        } catch (TimeoutException | ExecutionException away) {
            return new Fetched.Missing("unreachable", false);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new Fetched.Missing("unreachable", false);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private Optional<Fetched> download(URI uri, Path into) throws IOException, InterruptedException {
        if (allowed.refusal(uri).isPresent()) return Optional.of(new Fetched.Missing("address_not_allowed", true));
        var request = HttpRequest.newBuilder(uri).timeout(mediaPatience).build();
        var response = http.send(request, BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            if (response.statusCode() != 200) {
                var gone = response.statusCode() == 404 || response.statusCode() == 410;
                return Optional.of(new Fetched.Missing(gone ? "file_gone" : "file_refused", false));
            }
            return Bounded.copy(body, into, keepMedia.maxBytes()) ? Optional.empty()
                    : Optional.of(new Fetched.Missing("file_too_large", true));
        }
    }

    /** It hears of what is read as of everything else: by an endpoint for {@code chat.read}. */
    @Override
    public boolean seen(Read read) {
        return true;
    }

    /** Nobody's typing is told by a program. */
    @Override
    public void watch(Place place) {}

    /** Nor does one hear of ours. */
    @Override
    public void typing(Place place, boolean typing) {}

    /** A program has no labels. */
    @Override
    public void catchUp(ChannelId channel) {}

    /** A program tells nothing of itself: whether it answers shows with each message. */
    @Override
    public void look(ChannelId channel) {}
}
