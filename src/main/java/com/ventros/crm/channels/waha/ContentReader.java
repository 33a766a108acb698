package com.ventros.crm.channels.waha;

import com.ventros.crm.conversations.AdClick;
import com.ventros.crm.conversations.Incoming.Reply;
import com.ventros.crm.conversations.MessageContent;
import com.ventros.crm.conversations.MessageContent.Card;
import com.ventros.crm.conversations.MessageContent.Location;
import com.ventros.crm.conversations.MessageContent.Media;
import com.ventros.crm.conversations.MessageContent.MediaState;
import com.ventros.crm.conversations.MessageContent.Poll;
import com.ventros.crm.conversations.MessageType;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads what a message says out of its payload (contract sections 7 to 9). WAHA has no type field: it is told by the
 * engine's own message in {@code _data}, and by the payload where that is missing.
 */
final class ContentReader {

    private static final Map<String, MessageType> MAIN_FIELDS = Map.ofEntries(
            Map.entry("conversation", MessageType.TEXT), Map.entry("extendedTextMessage", MessageType.TEXT),
            Map.entry("imageMessage", MessageType.IMAGE), Map.entry("videoMessage", MessageType.VIDEO),
            Map.entry("ptvMessage", MessageType.VIDEO_NOTE), Map.entry("audioMessage", MessageType.AUDIO),
            Map.entry("documentMessage", MessageType.DOCUMENT), Map.entry("stickerMessage", MessageType.STICKER),
            Map.entry("locationMessage", MessageType.LOCATION),
            Map.entry("liveLocationMessage", MessageType.LIVE_LOCATION),
            Map.entry("contactMessage", MessageType.CONTACTS), Map.entry("contactsArrayMessage", MessageType.CONTACTS),
            Map.entry("pollCreationMessage", MessageType.POLL), Map.entry("pollCreationMessageV2", MessageType.POLL),
            Map.entry("pollCreationMessageV3", MessageType.POLL),
            Map.entry("buttonsResponseMessage", MessageType.BUTTON_REPLY),
            Map.entry("templateButtonReplyMessage", MessageType.BUTTON_REPLY),
            Map.entry("listResponseMessage", MessageType.LIST_REPLY),
            Map.entry("interactiveResponseMessage", MessageType.FLOW_REPLY),
            Map.entry("orderMessage", MessageType.ORDER), Map.entry("productMessage", MessageType.PRODUCT),
            Map.entry("eventMessage", MessageType.EVENT), Map.entry("groupInviteMessage", MessageType.GROUP_INVITE),
            Map.entry("interactiveMessage", MessageType.PAYMENT), Map.entry("requestPaymentMessage", MessageType.PAYMENT),
            Map.entry("sendPaymentMessage", MessageType.PAYMENT), Map.entry("albumMessage", MessageType.ALBUM));
    private static final Map<String, MessageType> BROWSER_TYPES = Map.ofEntries(
            Map.entry("chat", MessageType.TEXT), Map.entry("image", MessageType.IMAGE),
            Map.entry("video", MessageType.VIDEO), Map.entry("ptv", MessageType.VIDEO_NOTE),
            Map.entry("ptt", MessageType.VOICE), Map.entry("audio", MessageType.AUDIO),
            Map.entry("document", MessageType.DOCUMENT), Map.entry("sticker", MessageType.STICKER),
            Map.entry("location", MessageType.LOCATION), Map.entry("vcard", MessageType.CONTACTS),
            Map.entry("multi_vcard", MessageType.CONTACTS), Map.entry("poll_creation", MessageType.POLL),
            Map.entry("event_creation", MessageType.EVENT), Map.entry("order", MessageType.ORDER),
            Map.entry("product", MessageType.PRODUCT), Map.entry("list_response", MessageType.LIST_REPLY),
            Map.entry("buttons_response", MessageType.BUTTON_REPLY),
            Map.entry("template_button_reply", MessageType.BUTTON_REPLY),
            Map.entry("interactive_response", MessageType.FLOW_REPLY),
            Map.entry("groups_v4_invite", MessageType.GROUP_INVITE), Map.entry("payment", MessageType.PAYMENT),
            Map.entry("interactive", MessageType.PAYMENT), Map.entry("album", MessageType.ALBUM));
    private static final Set<String> WRAPPERS = Set.of("ephemeralMessage", "viewOnceMessage", "viewOnceMessageV2",
            "viewOnceMessageV2Extension", "documentWithCaptionMessage", "editedMessage", "deviceSentMessage");
    private static final Set<String> NO_MESSAGE = Set.of("protocolMessage", "reactionMessage", "pollUpdateMessage",
            "pinInChatMessage", "keepInChatMessage", "secretEncryptedMessage", "encReactionMessage");
    /** Stand beside the main field and are none. */
    private static final Set<String> COMPANIONS = Set.of("messageContextInfo", "senderKeyDistributionMessage");
    private static final Set<String> SYSTEM_NOTICES = Set.of("e2e_notification", "notification",
            "notification_template", "gp2", "protocol", "call_log", "broadcast_notification", "revoked",
            "pin_message", "reaction", "poll_update");
    private static final Set<MessageType> WITH_FILE = Set.of(MessageType.IMAGE, MessageType.VIDEO,
            MessageType.VIDEO_NOTE, MessageType.VOICE, MessageType.AUDIO, MessageType.DOCUMENT, MessageType.STICKER);
    /** These have no words of their own, or on WEBJS a base64 picture or a vCard in their place. */
    private static final Set<MessageType> WITHOUT_WORDS = Set.of(MessageType.LOCATION, MessageType.LIVE_LOCATION,
            MessageType.CONTACTS, MessageType.STICKER, MessageType.VOICE, MessageType.AUDIO, MessageType.VIDEO_NOTE,
            MessageType.POLL, MessageType.ALBUM);
    /** Wrappers within wrappers: three occur, more are nonsense. */
    private static final int DEEPEST_WRAPPER = 5;
    private static final int MOST_CARDS = 257; // WhatsApp's own limit of cards in a message

    private final JsonNode payload;
    private final JsonNode data;
    private final boolean browser;
    private String mainName = "";
    private JsonNode main = MissingNode.getInstance();
    private JsonNode context = MissingNode.getInstance();
    private boolean wrappedViewOnce;

    ContentReader(JsonNode payload) {
        this.payload = payload;
        this.data = payload.path("_data");
        var message = data.path("Message").isObject() ? data.path("Message") : data.path("message");
        this.browser = !message.isObject() && data.path("type").isString();
        if (message.isObject()) findMain(message, 0);
    }

    /** Why this is no message at all; empty when it is one. */
    Optional<String> notAMessage() {
        if (browser && SYSTEM_NOTICES.contains(browserType())) return Optional.of("system_notice");
        if (NO_MESSAGE.contains(mainName)) return Optional.of("not_a_message");
        if (COMPANIONS.contains(mainName) && Json.text(payload, "body").isEmpty()) return Optional.of("not_a_message");
        return Optional.empty();
    }

    boolean isEncrypted() {
        return browser && browserType().equals("ciphertext");
    }

    MessageContent content() {
        var type = type();
        return new MessageContent(type, words(type), media(type), location(type), cards(type), poll(type),
                choice(type), isViewOnce());
    }

    Optional<Reply> reply() {
        var reply = payload.path("replyTo");
        var target = WahaId.read(reply.path("id"))
                .or(() -> WahaId.read(context.path("stanzaID"))).or(() -> WahaId.read(context.path("stanzaId")))
                .or(() -> WahaId.read(data.path("quotedStanzaID")));
        return target.map(id -> new Reply(id.bare(), Json.text(reply, "body")
                .or(() -> Json.text(context, "quotedMessage", "conversation"))
                .or(() -> Json.text(context, "quotedMessage", "extendedTextMessage", "text"))));
    }

    List<String> mentions() {
        var list = context.path("mentionedJID").isArray() ? context.path("mentionedJID")
                : context.path("mentionedJid").isArray() ? context.path("mentionedJid") : data.path("mentionedJidList");
        var mentions = new ArrayList<String>();
        for (var one : list) {
            var text = one.isObject() ? Json.text(one, "_serialized") : one.isString() ? Optional.of(one.asString())
                    : Optional.<String>empty();
            text.flatMap(Jid::parse).map(Jid::address).ifPresent(mentions::add);
        }
        return List.copyOf(mentions);
    }

    boolean isForwarded() {
        return Json.isTrue(context, "isForwarded") || Json.isTrue(data, "isForwarded");
    }

    Optional<AdClick> ad() {
        return browser ? AdReader.fromBrowser(data.path("ctwaContext")) : AdReader.fromContext(context);
    }

    private String browserType() {
        return data.path("type").asString();
    }

    private void findMain(JsonNode message, int depth) {
        String fallback = "";
        for (var field : message.properties()) {
            var name = field.getKey();
            var value = field.getValue();
            if (value.isNull()) continue;
            if (WRAPPERS.contains(name) && value.path("message").isObject() && depth < DEEPEST_WRAPPER) {
                wrappedViewOnce |= name.startsWith("viewOnce");
                findMain(value.path("message"), depth + 1);
                return;
            }
            if (MAIN_FIELDS.containsKey(name) || NO_MESSAGE.contains(name)) {
                found(name, value);
                return;
            }
            if (fallback.isEmpty() || COMPANIONS.contains(fallback)) fallback = name;
        }
        if (!fallback.isEmpty()) found(fallback, message.path(fallback));
    }

    private void found(String name, JsonNode value) {
        mainName = name;
        main = value;
        context = value.path("contextInfo");
    }

    private MessageType type() {
        if (browser) {
            var type = BROWSER_TYPES.getOrDefault(browserType(), MessageType.UNSUPPORTED);
            return type == MessageType.LOCATION && (Json.isTrue(data, "isLive") || Json.isTrue(payload, "location", "live"))
                    ? MessageType.LIVE_LOCATION : type;
        }
        var type = MAIN_FIELDS.get(mainName);
        if (type == MessageType.AUDIO && (Json.isTrue(main, "PTT") || Json.isTrue(main, "ptt"))) return MessageType.VOICE;
        if (type != null) return type;
        return mainName.isEmpty() ? typeByPayload() : MessageType.UNSUPPORTED;
    }

    private MessageType typeByPayload() {
        if (payload.path("location").isObject()) return MessageType.LOCATION;
        if (!payload.path("vCards").isEmpty()) return MessageType.CONTACTS;
        var mime = Json.text(payload, "media", "mimetype").orElse("");
        if (mime.startsWith("image/webp")) return MessageType.STICKER;
        if (mime.startsWith("image/")) return MessageType.IMAGE;
        if (mime.startsWith("video/")) return MessageType.VIDEO;
        if (mime.startsWith("audio/ogg")) return MessageType.VOICE;
        if (mime.startsWith("audio/")) return MessageType.AUDIO;
        if (!mime.isEmpty()) return MessageType.DOCUMENT;
        return Json.kept(payload, "body").filter(text -> !text.isEmpty()).isPresent() ? MessageType.TEXT
                : MessageType.UNSUPPORTED;
    }

    private Optional<String> words(MessageType type) {
        if (WITHOUT_WORDS.contains(type)) return Optional.empty();
        var body = Json.kept(payload, "body").filter(text -> !text.isEmpty());
        if (browser && type == MessageType.DOCUMENT) { // without a caption WEBJS writes the file's name there
            return body.filter(text -> !Json.text(data, "filename").equals(Optional.of(text))
                    && !Json.text(payload, "media", "filename").equals(Optional.of(text)));
        }
        if (body.isPresent()) return body;
        return switch (type) {
            case TEXT -> main.isString() ? Json.text(main) : Json.text(main, "text");
            case IMAGE, VIDEO, DOCUMENT -> Json.text(main, "caption");
            case BUTTON_REPLY -> Json.either(main, "selectedDisplayText")
                    .or(() -> Json.text(main, "Response", "SelectedDisplayText"))
                    .or(() -> Json.text(main, "response", "selectedDisplayText"));
            case LIST_REPLY -> Json.text(main, "title");
            case EVENT -> Json.text(main, "name");
            case GROUP_INVITE -> Json.text(main, "groupName");
            default -> Optional.empty();
        };
    }

    private Optional<Media> media(MessageType type) {
        var media = payload.path("media");
        if (!WITH_FILE.contains(type) && !media.isObject() && !Json.isTrue(payload, "hasMedia")) return Optional.empty();
        var url = Json.text(media, "url").flatMap(ContentReader::uri);
        var error = media.path("error");
        var failed = !error.isMissingNode() && !error.isNull();
        var state = url.isPresent() ? MediaState.AVAILABLE : failed ? MediaState.FAILED : MediaState.ABSENT;
        return Optional.of(new Media(state, url,
                Json.text(media, "mimetype").or(() -> Json.text(main, "mimetype")).or(() -> Json.text(data, "mimetype")),
                Json.text(media, "filename").or(() -> Json.either(main, "fileName", "title"))
                        .or(() -> Json.text(data, "filename")),
                Json.number(main, "fileLength").or(() -> Json.number(data, "size")).map(Double::longValue)
                        .filter(bytes -> bytes >= 0),
                Json.integer(main, "seconds").or(() -> Json.integer(data, "duration")).filter(seconds -> seconds >= 0)));
    }

    private Optional<Location> location(MessageType type) {
        if (type != MessageType.LOCATION && type != MessageType.LIVE_LOCATION) return Optional.empty();
        var place = payload.path("location");
        var latitude = Json.number(place, "latitude").or(() -> Json.number(main, "degreesLatitude"))
                .or(() -> Json.number(data, "lat")).filter(degrees -> Math.abs(degrees) <= 90);
        var longitude = Json.number(place, "longitude").or(() -> Json.number(main, "degreesLongitude"))
                .or(() -> Json.number(data, "lng")).filter(degrees -> Math.abs(degrees) <= 180);
        if (latitude.isEmpty() || longitude.isEmpty()) return Optional.empty();
        return Optional.of(new Location(latitude.get(), longitude.get(),
                Json.text(place, "name").or(() -> Json.text(main, "name")),
                Json.text(place, "address").or(() -> Json.text(main, "address"))
                        .or(() -> Json.text(place, "description")),
                Json.text(place, "url").or(() -> Json.either(main, "URL", "url"))));
    }

    private List<Card> cards(MessageType type) {
        if (type != MessageType.CONTACTS) return List.of();
        var cards = new ArrayList<Card>();
        if (main.path("vcard").isString()) addCard(cards, Json.text(main, "displayName"), main.path("vcard"));
        for (var one : main.path("contacts")) addCard(cards, Json.text(one, "displayName"), one.path("vcard"));
        if (cards.isEmpty()) {
            for (var one : data.path("vcardList")) addCard(cards, Json.text(one, "displayName"), one.path("vcard"));
        }
        if (cards.isEmpty()) for (var vcard : payload.path("vCards")) addCard(cards, Optional.empty(), vcard);
        if (cards.isEmpty() && browser) addCard(cards, Optional.empty(), payload.path("body"));
        return List.copyOf(cards);
    }

    private static void addCard(List<Card> cards, Optional<String> name, JsonNode vcard) {
        if (cards.size() >= MOST_CARDS) return;
        Json.text(vcard).ifPresent(text -> cards.add(new Card(name.or(() -> formattedName(text)).orElse(""), text)));
    }

    private static Optional<String> formattedName(String vcard) {
        return vcard.lines().filter(line -> line.startsWith("FN:") || line.startsWith("FN;"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip()).filter(name -> !name.isEmpty()).findFirst();
    }

    private Optional<Poll> poll(MessageType type) {
        if (type != MessageType.POLL) return Optional.empty();
        var options = new ArrayList<String>();
        var question = Json.text(main, "name").or(() -> Json.text(data, "pollName")).orElse("");
        for (var option : main.path("options")) Json.either(option, "optionName", "name").ifPresent(options::add);
        if (options.isEmpty()) {
            for (var option : data.path("pollOptions")) Json.either(option, "name", "optionName").ifPresent(options::add);
        }
        var selectable = Json.integer(main, "selectableOptionsCount")
                .or(() -> Json.integer(data, "pollSelectableOptionsCount"));
        return Optional.of(new Poll(question, List.copyOf(options), selectable.map(n -> n != 1).orElse(false)));
    }

    private Optional<String> choice(MessageType type) {
        return switch (type) {
            case BUTTON_REPLY -> Json.either(main, "selectedButtonID", "selectedButtonId", "selectedID", "selectedId")
                    .or(() -> Json.either(data, "selectedButtonId", "selectedId"));
            case LIST_REPLY -> Json.either(main.path("singleSelectReply"), "selectedRowID", "selectedRowId")
                    .or(() -> Json.text(data, "listResponse", "singleSelectReply", "selectedRowId"));
            default -> Optional.empty();
        };
    }

    private boolean isViewOnce() {
        return wrappedViewOnce || Json.isTrue(data, "IsViewOnce") || Json.isTrue(data, "IsViewOnceV2")
                || Json.isTrue(data, "IsViewOnceV2Extension") || Json.isTrue(data, "isViewOnce")
                || Json.isTrue(main, "viewOnce");
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException nonsense) {
            return Optional.empty();
        }
    }
}
