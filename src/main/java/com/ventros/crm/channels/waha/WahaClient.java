package com.ventros.crm.channels.waha;

import com.ventros.crm.channels.ChannelConnections.Server;
import com.ventros.crm.channels.ChannelConnections.Webhook;
import com.ventros.crm.channels.waha.WahaAnswer.Failed;
import com.ventros.crm.channels.waha.WahaAnswer.Failure;
import com.ventros.crm.channels.waha.WahaAnswer.Ok;
import com.ventros.crm.conversations.MessageContent;
import com.ventros.crm.conversations.MessageType;
import com.ventros.crm.http.AllowedAddresses;
import com.ventros.crm.http.Bounded;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.Refusal;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import javax.net.ssl.SSLHandshakeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;
import tools.jackson.core.Base64Variants;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls WAHA. Each call says honestly what came of it; above all it tells "surely not sent" from "nobody knows", since
 * only the first may be repeated.
 */
@Component
public class WahaClient {

    /** A message as WAHA acknowledges it or shows it in the history; the gist is there if it shows what it says. */
    public record Message(String externalId, Optional<String> gist, Instant at) {}

    /** A session as its server sees it. */
    public record Session(String status, Optional<PhoneNumber> phone, Optional<String> lid) {}

    /** One that a session has for its chats; its colour is {@code #rrggbb}. */
    public record Label(String id, Optional<String> name, Optional<String> colour) {}

    /** A private id and the number behind it, if known. */
    public record Lid(String lid, Optional<String> chat) {}

    /** A server in the same network answers at once, one across the ocean within a second. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LITTLE_PATIENCE = Duration.ofSeconds(5);
    /** Answers are small; the history is read in pages. */
    private static final int PAGE = 100;
    /** Enough for a person to recognise the problem; WAHA's own texts may carry whole stacks. */
    private static final int LONGEST_DETAIL = 200;
    private static final long MILLIS_FROM = 100_000_000_000L;
    /** A hundred messages of a history, each with a preview in it; more is no answer of WAHA. */
    private static final int LARGEST_ANSWER = 32 * 1024 * 1024;
    /** A black and white picture of some hundred points; WAHA's have 5 to 20 KB. */
    private static final int LARGEST_QR = 256 * 1024;
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final Pattern PAIRING_CODE = Pattern.compile("[A-Z0-9]{4}-?[A-Z0-9]{4}");
    /** What a channel has to hear of; all else would come for nothing. */
    private static final List<String> EVENTS = List.of("session.status", "message.any", "message.ack", "message.edited",
            "message.revoked", "message.reaction", "poll.vote", "call.received", "presence.update",
            "label.upsert", "label.deleted", "label.chat.added", "label.chat.deleted");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Logger log = LoggerFactory.getLogger(WahaClient.class);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            // A redirect could lead the API key anywhere.
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final AllowedAddresses allowed;
    private final Duration patience;
    private final Duration mediaPatience;
    private final Set<String> mediaHosts;

    WahaClient(WahaProperties settings) {
        this.allowed = new AllowedAddresses(settings.allowPrivateAddresses());
        this.patience = settings.sendTimeout();
        this.mediaPatience = settings.mediaTimeout();
        this.mediaHosts = settings.mediaHosts();
    }

    /**
     * Sends a message.
     *
     * @param chat    the chat id exactly as WhatsApp gave it
     * @param file    the bytes of its file, if it has one
     * @param replyTo full id of the message it answers
     * @param id      an id from {@link #newMessageId}, where the engine has them
     */
    public WahaAnswer<Message> send(Server server, String chat, MessageContent content, Optional<Resource> file,
            Optional<String> replyTo, Optional<String> id) {
        var body = new LinkedHashMap<String, Object>();
        body.put("session", server.waha().session());
        body.put("chatId", chat);
        String path;
        switch (content.type()) {
            case TEXT -> {
                path = "/api/sendText";
                body.put("text", content.text().orElseThrow());
            }
            case LOCATION -> {
                path = "/api/sendLocation";
                var place = content.location().orElseThrow();
                body.put("latitude", place.latitude());
                body.put("longitude", place.longitude());
                body.put("title", place.name().orElse(""));
            }
            case CONTACTS -> {
                path = "/api/sendContactVcard";
                body.put("contacts", content.cards().stream().map(card -> Map.of("vcard", card.vcard())).toList());
            }
            case POLL -> {
                path = "/api/sendPoll";
                var poll = content.poll().orElseThrow();
                var asked = new LinkedHashMap<String, Object>();
                asked.put("name", poll.question());
                asked.put("options", poll.options());
                asked.put("multipleAnswers", poll.multipleAnswers());
                body.put("poll", asked);
            }
            case IMAGE -> path = "/api/sendImage";
            case VIDEO -> {
                path = "/api/sendVideo";
                body.put("convert", !mimeType(content).equals("video/mp4"));
            }
            case VOICE -> {
                path = "/api/sendVoice";
                // WhatsApp plays only Opus in Ogg as a voice note.
                body.put("convert", !mimeType(content).equals("audio/ogg"));
            }
            case AUDIO, DOCUMENT -> path = "/api/sendFile";
            default -> {
                return new Failed<>(new Failure.Refused("not_supported", "WAHA cannot send " + content.type(), true));
            }
        }
        replyTo.ifPresent(target -> body.put("reply_to", target));
        id.ifPresent(known -> body.put("id", known));
        if (content.media().isPresent()) content.text().ifPresent(caption -> body.put("caption", caption));
        Function<JsonNode, WahaAnswer<Message>> read = answer -> {
            // Whatever the answer looks like, 2xx means taken; only the id is needed, and may be known before.
            var sent = message(answer).or(() -> id.map(known -> new Message(known, Optional.of(content.gist()), Instant.now())));
            return sent.<WahaAnswer<Message>>map(Ok::new)
                    .orElseGet(() -> new Failed<>(new Failure.Unknown("WAHA's answer names no message")));
        };
        return file.isEmpty() ? call(server, "POST", path, Optional.of(body), read)
                : sendFile(server, path, body, content.media().orElseThrow(), file.get(), read);
    }

    private static String mimeType(MessageContent content) {
        return content.media().flatMap(MessageContent.Media::mimeType).orElse("");
    }

    /** The file goes inside the JSON: written to the disk first, since many at once would not fit into memory. */
    private WahaAnswer<Message> sendFile(Server server, String path, Map<String, Object> fields, MessageContent.Media media,
            Resource file, Function<JsonNode, WahaAnswer<Message>> read) {
        Path body = null;
        try {
            body = Files.createTempFile("waha-send-", ".json");
            try (var bytes = file.getInputStream(); var json = JSON.createGenerator(body.toFile(), JsonEncoding.UTF8)) {
                json.writeStartObject();
                fields.forEach(json::writePOJOProperty);
                json.writeName("file");
                json.writeStartObject();
                json.writeStringProperty("mimetype", media.mimeType().orElse("application/octet-stream"));
                if (media.fileName().isPresent()) json.writeStringProperty("filename", media.fileName().get());
                json.writeName("data");
                json.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, bytes, Math.toIntExact(file.contentLength()));
                json.writeEndObject();
                json.writeEndObject();
            }
            return call(server, "POST", path, Optional.of(BodyPublishers.ofFile(body)), mediaPatience, read);
        } catch (Refusal unreadable) {
            return new Failed<>(unreadable.kind() == Refusal.Kind.NOT_FOUND
                    ? new Failure.Refused("file_missing", "The file is gone.", false)
                    : new Failure.Unreachable(unreadable.getMessage()));
        } catch (IOException noRoom) {
            return new Failed<>(new Failure.Unreachable(shortened("The file cannot be read: " + noRoom.getMessage())));
        } finally {
            delete(body);
        }
    }

    private static void delete(Path temporary) {
        try {
            if (temporary != null) Files.deleteIfExists(temporary);
        } catch (IOException stays) {
            log.warn("{} stays on the disk: {}", temporary, stays.toString());
        }
    }

    /**
     * Where WAHA has a message's file after it was asked to get it again; empty when it cannot be had.
     *
     * @param messageId full id
     */
    public WahaAnswer<Optional<String>> mediaOf(Server server, String chat, String messageId) {
        return call(server, "GET", message(server, chat, messageId) + "?downloadMedia=true", Optional.empty(), mediaPatience,
                json -> new Ok<>(text(json.path("media"), "url")));
    }

    /**
     * Fetches a file from WAHA, or from a storage that the operator allows.
     *
     * @param url  as WAHA wrote it: data from outside
     * @param into an empty file
     * @param most bytes that it may have
     */
    public WahaAnswer<Path> download(Server server, String url, Path into, long most) {
        return within(mediaPatience, () -> fetch(server, url, into, most));
    }

    private static <T> WahaAnswer<T> within(Duration patience, Callable<WahaAnswer<T>> asking) {
        try {
            return Bounded.within(patience, asking);
        } catch (TimeoutException tooSlow) {
            return new Failed<>(new Failure.Unknown("WAHA's answer was not there after " + patience));
        } catch (ExecutionException broken) {
            return new Failed<>(new Failure.Unknown(shortened(String.valueOf(broken.getCause()))));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new Failed<>(new Failure.Unknown("interrupted while waiting for WAHA"));
        }
    }

    private WahaAnswer<Path> fetch(Server server, String url, Path into, long most) throws IOException, InterruptedException {
        var given = address(url);
        if (given.isEmpty()) return notAllowed("The address of the file is none.");
        var isWahas = given.get().getRawPath().startsWith("/api/files/") && !given.get().getPath().contains("..");
        var uri = given.get();
        if (isWahas) {
            // WAHA often does not know under which name we reach it; only its path counts.
            uri = URI.create(server.waha().url() + uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
        } else if (!"https".equals(uri.getScheme()) || uri.getRawUserInfo() != null
                || !mediaHosts.contains(uri.getHost().toLowerCase(Locale.ROOT))) {
            return notAllowed("Files are fetched from WAHA and from allowed storage hosts only.");
        }
        var refusal = allowed.refusal(uri);
        if (refusal.isPresent()) return notAllowed(refusal.get());
        var request = HttpRequest.newBuilder(uri).timeout(mediaPatience);
        if (isWahas) server.apiKey().ifPresent(key -> request.header("X-Api-Key", key));
        var response = http.send(request.build(), BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            if (response.statusCode() == 404 || response.statusCode() == 410) {
                return new Failed<>(new Failure.Refused("file_gone", "WAHA no longer has the file.", false));
            }
            if (response.statusCode() != 200) {
                return new Failed<>(new Failure.Refused("file_refused", "The server answered " + response.statusCode() + ".", false));
            }
            return Bounded.copy(body, into, most) ? new Ok<>(into)
                    : new Failed<>(new Failure.Refused("file_too_large", "The file has more than " + most + " bytes.", true));
        }
    }

    private static Optional<URI> address(String url) {
        try {
            return Optional.of(new URI(url)).filter(uri -> uri.getHost() != null && uri.getRawPath() != null);
        } catch (URISyntaxException nonsense) {
            return Optional.empty();
        }
    }

    private static WahaAnswer<Path> notAllowed(String why) {
        return new Failed<>(new Failure.Refused("address_not_allowed", why, true));
    }

    /** Puts our reaction to a message, or takes it back when there is no emoji. */
    public WahaAnswer<Boolean> react(Server server, String messageId, String emoji) {
        return call(server, "PUT", "/api/reaction", Optional.of(Map.of("session", server.waha().session(),
                "messageId", messageId, "reaction", emoji)), _ -> new Ok<>(true));
    }

    /**
     * Shows that messages were read.
     *
     * @param messageIds full ids
     * @param writer     in a group, whose they are
     */
    public WahaAnswer<Boolean> seen(Server server, String chat, List<String> messageIds, Optional<String> writer) {
        var body = new LinkedHashMap<String, Object>();
        body.put("session", server.waha().session());
        body.put("chatId", chat);
        body.put("messageIds", messageIds);
        writer.ifPresent(participant -> body.put("participant", participant));
        return briefly(server, "/api/sendSeen", body);
    }

    /** Asks to be told what the other side of a chat is doing. */
    public WahaAnswer<Boolean> watch(Server server, String chat) {
        return briefly(server, session(server, "/presence/" + encoded(chat) + "/subscribe"), Map.of());
    }

    /** Shows the other side of a chat that we are typing, or have stopped. */
    public WahaAnswer<Boolean> typing(Server server, String chat, boolean typing) {
        return briefly(server, typing ? "/api/startTyping" : "/api/stopTyping", Map.of("session", server.waha().session(), "chatId", chat));
    }

    /** What nobody waits for keeps nobody waiting who comes after it. */
    private WahaAnswer<Boolean> briefly(Server server, String path, Map<String, Object> body) {
        var brief = patience.compareTo(LITTLE_PATIENCE) < 0 ? patience : LITTLE_PATIENCE;
        return call(server, "POST", path, Optional.of(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))), brief, _ -> new Ok<>(true));
    }

    /** The labels that a session has. */
    public WahaAnswer<List<Label>> labels(Server server) {
        return list(server, session(server, "/labels"), label -> Json.id(label, "id")
                .map(id -> new Label(id, Json.text(label, "name"), Json.text(label, "colorHex").map(colour -> colour.toLowerCase(Locale.ROOT)))));
    }

    /** The ids of the labels that a chat has. */
    public WahaAnswer<List<String>> labelsOf(Server server, String chat) {
        return list(server, session(server, "/labels/chats/" + encoded(chat)), label -> Json.id(label, "id"));
    }

    /** The chats that have a label; engines write their ids as texts or as objects. */
    public WahaAnswer<List<String>> chatsWith(Server server, String labelId) {
        return list(server, session(server, "/labels/" + encoded(labelId) + "/chats"),
                chat -> Json.text(chat, "id").or(() -> Json.text(chat, "id", "_serialized")));
    }

    private <T> WahaAnswer<List<T>> list(Server server, String path, Function<JsonNode, Optional<T>> read) {
        return call(server, "GET", path, Optional.empty(), json -> json.isArray()
                ? new Ok<>(json.valueStream().flatMap(one -> read.apply(one).stream()).toList())
                : new Failed<>(new Failure.Unknown("WAHA's answer is no list")));
    }

    /** Gives a chat these labels and takes off all others. */
    public WahaAnswer<Boolean> setLabels(Server server, String chat, Collection<String> ids) {
        return call(server, "PUT", session(server, "/labels/chats/" + encoded(chat)),
                Optional.of(Map.of("labels", ids.stream().map(id -> Map.of("id", id)).toList())), _ -> new Ok<>(true));
    }

    /** Changes the words of a message of ours. */
    public WahaAnswer<Boolean> edit(Server server, String chat, String messageId, String text) {
        return call(server, "PUT", message(server, chat, messageId), Optional.of(Map.of("text", text)), _ -> new Ok<>(true));
    }

    /** Deletes a message of ours for everyone. */
    public WahaAnswer<Boolean> revoke(Server server, String chat, String messageId) {
        return call(server, "DELETE", message(server, chat, messageId), Optional.empty(), _ -> new Ok<>(true));
    }

    private static String message(Server server, String chat, String messageId) {
        return session(server, "/chats/" + encoded(chat) + "/messages/" + encoded(messageId));
    }

    /** An id for a message that is still to be sent; empty where the engine makes ids only while sending. */
    public WahaAnswer<Optional<String>> newMessageId(Server server) {
        var answer = this.<Optional<String>>call(server, "GET", session(server, "/new-message-id"), Optional.empty(),
                json -> new Ok<>(WahaId.read(json.path("id")).map(WahaId::bare)));
        return switch (answer) {
            // Engines and releases without this call say so in several ways, all of them refusals.
            case Failed<Optional<String>>(Failure.Refused(var code, _, _)) when !code.equals("key_refused") ->
                    new Ok<>(Optional.empty());
            default -> answer;
        };
    }

    /** The chat id under which WhatsApp knows a number typed by hand; empty when nobody has it there. */
    public WahaAnswer<Optional<String>> chatOf(Server server, PhoneNumber phone) {
        var query = "?phone=" + phone.e164().substring(1) + "&session=" + encoded(server.waha().session());
        return call(server, "GET", "/api/contacts/check-exists" + query, Optional.empty(),
                json -> new Ok<>(json.path("numberExists").asBoolean(false)
                        ? text(json, "chatId").or(() -> Optional.of(phone.e164().substring(1) + "@c.us"))
                        : Optional.empty()));
    }

    /**
     * A page of our own messages in a chat since then, newest first; empty behind the last page. A page of ours may hold few or none
     * although more follow, since WAHA chooses after it has cut.
     *
     * @param page from 0
     */
    public WahaAnswer<Optional<List<Message>>> ownMessages(Server server, String chat, Instant since, int page) {
        var filter = "&offset=%d&filter.fromMe=true&filter.timestamp.gte=%d".formatted(page * PAGE, since.getEpochSecond());
        return history(server, chat, filter).map(items -> items.isEmpty() ? Optional.empty() : Optional.of(items.stream()
                // Not every engine heeds the filter.
                .filter(item -> item.path("fromMe").asBoolean(true))
                .flatMap(item -> message(item).stream())
                .toList()));
    }

    /** Whether the history of a chat shows anything, whoever wrote it, of that time or before. */
    public WahaAnswer<Boolean> reachesBackTo(Server server, String chat, Instant then) {
        return history(server, chat, "&filter.timestamp.lte=" + then.getEpochSecond()).map(items -> items.stream()
                .flatMap(item -> message(item).stream())
                .anyMatch(message -> !message.at().isAfter(then)));
    }

    private WahaAnswer<List<JsonNode>> history(Server server, String chat, String filter) {
        var query = "?limit=" + PAGE + "&downloadMedia=false&merge=true&sortBy=timestamp" + filter;
        return call(server, "GET", session(server, "/chats/" + encoded(chat) + "/messages" + query), Optional.empty(),
                json -> new Ok<>(StreamSupport.stream(json.spliterator(), false).toList()));
    }

    /** The number behind a private id. */
    public WahaAnswer<Lid> lid(Server server, String lid) {
        return call(server, "GET", session(server, "/lids/" + encoded(lid)), Optional.empty(),
                json -> new Ok<>(new Lid(lid, text(json, "pn"))));
    }

    /** The session's own view of itself. */
    public WahaAnswer<Session> session(Server server) {
        return call(server, "GET", "/api/sessions/" + encoded(server.waha().session()), Optional.empty(), json -> {
            var me = json.path("me");
            return new Ok<>(new Session(text(json, "status").orElse("UNKNOWN"),
                    text(me, "id").flatMap(id -> PhoneNumber.ofDigits(digits(id))), text(me, "lid").map(WahaClient::digits)));
        });
    }

    /** Makes a session that the server does not have and starts it; it delivers to the webhook, if one is given. */
    public WahaAnswer<Boolean> create(Server server, Optional<String> webhookUrl, Webhook webhook) {
        var config = new LinkedHashMap<String, Object>();
        // NOWEB has a history only when it is told to keep one.
        config.put("noweb", Map.of("store", Map.of("enabled", true, "fullSync", false)));
        webhookUrl.ifPresent(url -> config.put("webhooks", List.of(Map.of("url", url, "events", EVENTS,
                "hmac", Map.of("key", webhook.hmacSecret()),
                "retries", Map.of("policy", "exponential", "delaySeconds", 2, "attempts", 15)))));
        return call(server, "POST", "/api/sessions", Optional.of(Map.of("name", server.waha().session(), "start", true,
                "config", config)), _ -> new Ok<>(true));
    }

    /** Starts a session that is stopped; of one that runs it changes nothing. */
    public WahaAnswer<Boolean> start(Server server) {
        return life(server, "start");
    }

    /** Stops a session; its phone stays paired. */
    public WahaAnswer<Boolean> stop(Server server) {
        return life(server, "stop");
    }

    /** Starts a session anew that cannot go on. */
    public WahaAnswer<Boolean> restart(Server server) {
        return life(server, "restart");
    }

    /** Takes back the pairing with the phone. */
    public WahaAnswer<Boolean> logOut(Server server) {
        return life(server, "logout");
    }

    private WahaAnswer<Boolean> life(Server server, String verb) {
        return call(server, "POST", "/api/sessions/" + encoded(server.waha().session()) + "/" + verb, Optional.empty(),
                _ -> new Ok<>(true));
    }

    /** The picture that a phone has to scan now, as PNG. */
    public WahaAnswer<byte[]> qr(Server server) {
        return call(server, "GET", session(server, "/auth/qr?format=image"), "image/png", Optional.empty(), patience, LARGEST_QR,
                response -> isPng(response) ? new Ok<>(response.body())
                        : new Failed<>(new Failure.Unknown("WAHA's answer is no picture")));
    }

    private static boolean isPng(HttpResponse<byte[]> response) {
        var type = response.headers().firstValue("Content-Type").orElse("");
        var bytes = response.body();
        return type.startsWith("image/png") && bytes.length > PNG.length && Arrays.equals(bytes, 0, PNG.length, PNG, 0, PNG.length);
    }

    /** What has to be typed into the phone of this number instead of scanning the picture. */
    public WahaAnswer<String> pairingCode(Server server, PhoneNumber phone) {
        return call(server, "POST", session(server, "/auth/request-code"),
                Optional.of(Map.of("phoneNumber", phone.e164().substring(1))), json -> text(json, "code")
                        .filter(code -> PAIRING_CODE.matcher(code).matches()).<WahaAnswer<String>>map(Ok::new)
                        .orElseGet(() -> new Failed<>(new Failure.Unknown("WAHA's answer holds no code"))));
    }

    private <T> WahaAnswer<T> call(Server server, String method, String path, Optional<Map<String, Object>> body,
            Function<JsonNode, WahaAnswer<T>> read) {
        return call(server, method, path, body.map(json -> BodyPublishers.ofByteArray(JSON.writeValueAsBytes(json))),
                patience, read);
    }

    private <T> WahaAnswer<T> call(Server server, String method, String path, Optional<HttpRequest.BodyPublisher> body,
            Duration patience, Function<JsonNode, WahaAnswer<T>> read) {
        return call(server, method, path, "application/json", body, patience, LARGEST_ANSWER,
                response -> read.apply(json(response.body())));
    }

    private <T> WahaAnswer<T> call(Server server, String method, String path, String accept,
            Optional<HttpRequest.BodyPublisher> body, Duration patience, int most,
            Function<HttpResponse<byte[]>, WahaAnswer<T>> read) {
        return within(patience, () -> exchange(server, method, path, accept, body, patience, most, read));
    }

    private <T> WahaAnswer<T> exchange(Server server, String method, String path, String accept,
            Optional<HttpRequest.BodyPublisher> body, Duration patience, int most,
            Function<HttpResponse<byte[]>, WahaAnswer<T>> read) {
        var uri = URI.create(server.waha().url() + path);
        try {
            var refusal = allowed.refusal(uri);
            if (refusal.isPresent()) {
                return new Failed<>(new Failure.Refused("address_not_allowed", refusal.get(), true));
            }
            var request = HttpRequest.newBuilder(uri).timeout(patience)
                    .header("Accept", accept)
                    .method(method, body.orElseGet(BodyPublishers::noBody));
            body.ifPresent(_ -> request.header("Content-Type", "application/json"));
            server.apiKey().ifPresent(key -> request.header("X-Api-Key", key));
            var response = http.send(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), most));
            return response.statusCode() / 100 == 2 ? read.apply(response) : new Failed<>(failure(response));
        } catch (UnknownHostException | ConnectException | HttpConnectTimeoutException | UnresolvedAddressException
                | SSLHandshakeException never) {
            return new Failed<>(new Failure.Unreachable(shortened(server.waha().url() + " cannot be reached")));
        } catch (IOException brokenOff) {
            return new Failed<>(new Failure.Unknown(shortened(brokenOff.getClass().getSimpleName() + ": " + brokenOff.getMessage())));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new Failed<>(new Failure.Unknown("interrupted while waiting for WAHA"));
        }
    }

    /** WAHA's errors in our words. Its 500 repeats our request with the message's text: only its reason is taken. */
    private static Failure failure(HttpResponse<byte[]> response) {
        var json = json(response.body());
        var said = shortened(reason(json));
        return switch (response.statusCode()) {
            case 400 -> new Failure.Refused("bad_request", said, true);
            case 401, 403 -> new Failure.Refused("key_refused", "WAHA does not accept the API key.", false);
            case 404 -> new Failure.Refused("not_found", said, false);
            case 422 -> {
                if (json.hasNonNull("status") && json.has("expected")) {
                    yield new Failure.NotConnected(json.path("status").asString(""));
                }
                if (said.contains("not implemented")) yield new Failure.Refused("not_supported", said, true);
                yield new Failure.Refused("unprocessable", said, false);
            }
            case 429 -> new Failure.RateLimited();
            default -> {
                if (said.contains("no LID found")) {
                    yield new Failure.Refused("not_on_whatsapp", "WhatsApp does not know this number.", true);
                }
                if (said.contains("error 463")) {
                    yield new Failure.Refused("new_chats_restricted",
                            "WhatsApp does not let this number open new chats for the time being.", true);
                }
                if (said.contains("rate-overlimit")) yield new Failure.RateLimited();
                if (said.contains("Lid is missing in chat table")) yield new Failure.Refused("lid_missing", said, false);
                yield new Failure.Unknown(shortened("WAHA answered " + response.statusCode() + ": " + said));
            }
        };
    }

    private static String reason(JsonNode json) {
        var exception = text(json.path("exception"), "message");
        if (exception.isPresent()) return exception.get();
        var message = json.path("message");
        if (message.isArray()) return message.valueStream().map(line -> line.asString("")).reduce((a, b) -> a + "; " + b).orElse("");
        return text(json, "message").or(() -> text(json, "error")).orElse("");
    }

    /** The id is a text on most engines and an object on WEBJS; the time is in one of three places. */
    private static Optional<Message> message(JsonNode json) {
        return WahaId.read(json.path("id")).or(() -> WahaId.read(json.path("_data").path("Info").path("ID")))
                .map(id -> new Message(id.bare(), Optional.of(new ContentReader(json).content())
                        .filter(content -> content.type() != MessageType.UNSUPPORTED).map(MessageContent::gist), time(json)));
    }

    private static Instant time(JsonNode json) {
        var seconds = json.path("timestamp");
        if (seconds.isNumber() && seconds.asDouble() > 0) {
            var number = seconds.asDouble();
            return Instant.ofEpochMilli((long) (number > MILLIS_FROM ? number : number * 1_000));
        }
        return text(json.path("_data").path("Info"), "Timestamp").flatMap(WahaClient::parsed).orElseGet(Instant::now);
    }

    private static Optional<Instant> parsed(String iso) {
        try {
            return Optional.of(OffsetDateTime.parse(iso).toInstant()).filter(at -> at.isAfter(Instant.EPOCH));
        } catch (DateTimeParseException nonsense) {
            return Optional.empty();
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException notJson) {
            return JSON.missingNode();
        }
    }

    private static Optional<String> text(JsonNode json, String field) {
        return json.path(field).isString() ? Optional.of(json.path(field).asString()) : Optional.empty();
    }

    private static String digits(String address) {
        return address.replaceAll("[:@].*", "");
    }

    private static String session(Server server, String path) {
        return "/api/" + encoded(server.waha().session()) + path;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_DETAIL ? text : text.substring(0, LONGEST_DETAIL) + "…";
    }
}
