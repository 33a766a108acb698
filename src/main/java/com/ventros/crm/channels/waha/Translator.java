package com.ventros.crm.channels.waha;

import com.ventros.crm.channels.waha.Translation.Conversation;
import com.ventros.crm.channels.waha.Translation.Ignored;
import com.ventros.crm.channels.waha.Translation.Labelling;
import com.ventros.crm.channels.waha.Translation.Noted;
import com.ventros.crm.channels.waha.Translation.SessionStatus;
import com.ventros.crm.channels.waha.Translation.Unknown;
import com.ventros.crm.channels.waha.Translation.Unreadable;
import com.ventros.crm.contacts.Sighting;
import com.ventros.crm.conversations.AckLevel;
import com.ventros.crm.conversations.ChatAddress;
import com.ventros.crm.conversations.Incoming;
import com.ventros.crm.conversations.Incoming.CallState;
import com.ventros.crm.conversations.Incoming.OwnNumber;
import com.ventros.crm.conversations.Incoming.PresenceState;
import com.ventros.crm.conversations.LabelNews;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns what WAHA delivers into our words: a pure function that never throws. It knows the engines GOWS, NOWEB, WEBJS
 * and WPP in all their releases; what they agree on is read in one way, what differs is told apart by its shape.
 */
public final class Translator {

    /** Why status posts are {@link Ignored}. */
    public static final String STATUS_POST = "status_post";
    /** Real bodies nest some 15 levels; a hostile one must not exhaust the stack. */
    private static final int DEEPEST = 200;
    /** The door lets 5 MB in; a thumbnail may be most of it. */
    private static final int LONGEST_TEXT = 20_000_000;
    /** A provider's clock may be ahead; a message from next week is nonsense. */
    private static final Duration AHEAD = Duration.ofDays(1);
    /** WhatsApp began in 2009. */
    private static final Instant EARLIEST = Instant.parse("2009-01-01T00:00:00Z");
    /** A larger number of seconds would be in the year 5138, so it is milliseconds (contract section 6). */
    private static final double SECONDS_END = 1e11;
    /** Longer names are a prank. */
    private static final int LONGEST_NAME = 200;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST).maxStringLength(LONGEST_TEXT).build())
            .build()).build();

    /** What one delivery means; {@link Unreadable} when it means nothing. */
    public Translation translate(byte[] body, Instant receivedAt) {
        return translate(body, receivedAt, false);
    }

    /** What a delivery means to a channel that takes in status posts: as if their writers had written to us. */
    public Translation translateStatusPost(byte[] body, Instant receivedAt) {
        return translate(body, receivedAt, true);
    }

    private Translation translate(byte[] body, Instant receivedAt, boolean statusPosts) {
        JsonNode envelope;
        try {
            envelope = JSON.readTree(body);
        } catch (JacksonException notJson) {
            return new Unreadable("not_json", "The body is not JSON.");
        }
        if (!envelope.isObject()) return new Unreadable("not_an_object", "The body is not a JSON object.");
        var event = Json.text(envelope, "event");
        if (event.isEmpty()) return new Unreadable("event_missing", "The body names no event.");
        return new Delivery(envelope, event.get(), receivedAt, statusPosts).translate();
    }

    /** One delivery at work. */
    private static final class Delivery {

        private final String event;
        private final Instant raisedAt;
        private final Instant receivedAt;
        private final JsonNode envelope;
        private final JsonNode payload;
        private final JsonNode data;
        private final boolean browser;
        private final boolean statusPosts;
        private final Optional<Jid> ownPhone;
        private final Optional<Jid> ownLid;

        Delivery(JsonNode envelope, String event, Instant receivedAt, boolean statusPosts) {
            this.statusPosts = statusPosts;
            this.envelope = envelope;
            this.event = event;
            this.receivedAt = receivedAt;
            this.payload = envelope.path("payload");
            this.data = payload.path("_data");
            this.raisedAt = time(Json.number(envelope, "timestamp"), receivedAt);
            var engine = Json.text(envelope, "engine").orElse("");
            this.browser = engine.equals("WEBJS") || engine.equals("WPP");
            this.ownPhone = jid(envelope, "me", "id").or(() -> jid(envelope, "me", "jid"));
            this.ownLid = jid(envelope, "me", "lid");
        }

        Translation translate() {
            return switch (event) {
                case "message", "message.any" -> needPayload(this::message);
                case "message.waiting" -> needPayload(this::waiting);
                case "message.reaction" -> needPayload(this::reaction);
                case "message.edited" -> needPayload(this::edit);
                case "message.revoked" -> needPayload(this::revocation);
                case "message.ack", "message.ack.group" -> needPayload(this::acknowledgement);
                case "poll.vote" -> needPayload(() -> vote(true));
                case "poll.vote.failed" -> needPayload(() -> vote(false));
                case "session.status" -> needPayload(this::sessionStatus);
                case "call.received" -> needPayload(() -> call(CallState.RECEIVED));
                case "call.accepted" -> needPayload(() -> call(CallState.ACCEPTED));
                case "call.rejected" -> needPayload(() -> call(CallState.REJECTED));
                case "presence.update" -> needPayload(this::presence);
                case "group.v2.join", "group.v2.leave", "group.v2.update", "group.v2.participants", "group.join",
                        "group.leave" -> noted("group", "id");
                case "label.upsert", "label.deleted" -> needPayload(this::label);
                case "label.chat.added" -> needPayload(() -> labelOnChat(true));
                case "label.chat.deleted" -> needPayload(() -> labelOnChat(false));
                case "chat.archive", "event.response", "event.response.failed" -> noted("_none", "_none");
                case "state.change", "engine.event" -> new Ignored(event, "deprecated_or_raw");
                default -> new Unknown(event);
            };
        }

        private Translation needPayload(java.util.function.Supplier<Translation> read) {
            return payload.isObject() ? read.get() : new Unreadable("payload_missing", "There is no payload.");
        }

        private Translation noted(String object, String field) {
            return new Noted(event, Json.text(payload, object, field).or(() -> Json.text(payload, field)).orElse(""));
        }

        // Messages

        private Translation message() {
            var read = WahaId.read(payload.path("id"));
            if (read.isEmpty()) return new Unreadable("message_id_missing", "The message has no id.");
            var id = read.get();
            var content = new ContentReader(payload);
            var not = content.notAMessage();
            if (not.isPresent()) return new Ignored(event, not.get());
            var fromMe = fromMe(id);
            return inChat(id, fromMe, chat -> {
                var at = time(Json.number(payload, "timestamp"), raisedAt);
                if (content.isEncrypted()) return new Incoming.Waiting(chat, id.bare(), at, fromMe);
                return new Incoming.Message(chat, id.bare(), at, fromMe,
                        Json.text(payload, "source").filter("api"::equals).isPresent(),
                        fromMe || chat.kind() == ChatAddress.Kind.DIRECT ? Optional.empty() : writer(id),
                        content.content(), content.reply(), content.mentions(), content.isForwarded(),
                        fromMe ? Optional.empty() : content.ad(),
                        fromMe ? level(payload) : Optional.empty());
            });
        }

        private Translation waiting() {
            var read = WahaId.read(payload.path("id"));
            if (read.isEmpty()) return new Unreadable("message_id_missing", "The message has no id.");
            var fromMe = fromMe(read.get());
            return inChat(read.get(), fromMe, chat -> new Incoming.Waiting(chat, read.get().bare(),
                    time(Json.number(payload, "timestamp"), raisedAt), fromMe));
        }

        private Translation reaction() {
            var target = WahaId.read(payload.path("reaction").path("messageId"));
            var text = Json.kept(payload, "reaction", "text");
            if (target.isEmpty() || text.isEmpty()) {
                return new Unreadable("reaction_incomplete", "The reaction names no message or no emoji.");
            }
            var id = WahaId.read(payload.path("id")).orElse(target.get());
            var fromMe = fromMe(id);
            return inChat(id, fromMe, chat -> new Incoming.Reacted(chat, target.get().bare(),
                    time(Json.number(payload, "timestamp"), raisedAt), actor(fromMe, chat, id, payload), text.get()));
        }

        private Translation edit() {
            var id = WahaId.read(payload.path("id"));
            var target = WahaId.read(payload.path("editedMessageId")).or(() -> id);
            if (target.isEmpty()) return new Unreadable("target_missing", "The edit names no message.");
            var text = Json.kept(payload, "body").or(() -> Json.kept(data, "newBody"));
            if (text.isEmpty()) return new Unreadable("text_missing", "The edit has no text.");
            var named = id.orElse(target.get());
            return inChat(named, fromMe(named), chat -> new Incoming.Edited(chat, target.get().bare(),
                    editTime(), fromMe(named), text.get()));
        }

        /** On WEBJS the payload is the original message with the original's time. */
        private Instant editTime() {
            return browser ? raisedAt : time(Json.number(payload, "timestamp"), raisedAt);
        }

        private Translation revocation() {
            var after = payload.path("after");
            var before = payload.path("before");
            var target = WahaId.read(payload.path("revokedMessageId"))
                    .or(() -> WahaId.read(Json.at(after, "_data", "Message", "protocolMessage", "key", "ID")))
                    .or(() -> WahaId.read(Json.at(after, "_data", "message", "protocolMessage", "key", "id")))
                    .or(() -> WahaId.read(Json.at(after, "_data", "protocolMessageKey")))
                    .or(() -> WahaId.read(Json.at(after, "_data", "protocolMessageKey", "id")))
                    .or(() -> WahaId.read(before.path("id")));
            if (target.isEmpty()) return new Unreadable("target_missing", "The deletion names no message.");
            var message = after.isObject() ? after : before;
            var id = WahaId.read(message.path("id")).orElse(target.get());
            var fromMe = message.path("fromMe").isBoolean() ? message.path("fromMe").booleanValue() : fromMe(id);
            return inChat(id, fromMe, message, message.path("_data"),
                    chat -> new Incoming.Revoked(chat, target.get().bare(), revocationTime(after), fromMe));
        }

        private Instant revocationTime(JsonNode after) {
            return browser ? raisedAt : time(Json.number(after, "timestamp"), raisedAt);
        }

        private Translation vote(boolean readable) {
            var vote = payload.path("vote");
            var poll = payload.path("poll");
            var target = WahaId.read(poll.path("id"));
            if (target.isEmpty()) return new Unreadable("target_missing", "The vote names no poll.");
            var id = WahaId.read(vote.path("id")).orElse(target.get());
            var fromMe = vote.path("fromMe").isBoolean() ? vote.path("fromMe").booleanValue() : fromMe(id);
            var options = new ArrayList<String>();
            for (var option : vote.path("selectedOptions")) Json.kept(option).ifPresent(options::add);
            return inChat(id, fromMe, vote, data, chat -> new Incoming.Voted(chat, target.get().bare(),
                    time(Json.number(vote, "timestamp"), raisedAt), actor(fromMe, chat, id, vote),
                    List.copyOf(options), readable));
        }

        private Translation acknowledgement() {
            var read = WahaId.read(payload.path("id"));
            if (read.isEmpty()) return new Unreadable("target_missing", "The acknowledgement names no message.");
            var id = read.get();
            var level = level(payload);
            if (level.isEmpty()) return new Ignored(event, "ack_without_level");
            var group = chat(id, payload, data, true).filter(jid -> jid.kind() == Jid.Kind.GROUP).isPresent();
            var ours = group ? id.fromMe().orElse(!isFalse(payload, "fromMe"))
                    : Json.isTrue(payload, "fromMe")
                    || !payload.path("fromMe").isBoolean() && id.fromMe().orElse(true);
            return inChat(id, ours, chat -> {
                if (!ours) return new Incoming.ReadElsewhere(chat, id.bare(), raisedAt);
                var member = !group ? Optional.<String>empty() : jid(payload, "participant")
                        .or(() -> jid(data, "receipt", "userJid")).filter(jid -> !isOwn(jid)).map(Jid::address);
                return new Incoming.Acknowledged(chat, id.bare(), raisedAt, level.get(), member);
            });
        }

        private static Optional<AckLevel> level(JsonNode payload) {
            var named = Json.text(payload, "ackName").flatMap(name -> switch (name) {
                case "ERROR" -> Optional.of(AckLevel.ERROR);
                case "PENDING" -> Optional.of(AckLevel.PENDING);
                case "SERVER" -> Optional.of(AckLevel.SERVER);
                case "DEVICE" -> Optional.of(AckLevel.DEVICE);
                case "READ" -> Optional.of(AckLevel.READ);
                case "PLAYED" -> Optional.of(AckLevel.PLAYED);
                default -> Optional.<AckLevel>empty();
            });
            return Json.integer(payload, "ack").flatMap(number -> switch (number) {
                case -1 -> Optional.of(AckLevel.ERROR);
                case 0 -> Optional.of(AckLevel.PENDING);
                case 1 -> Optional.of(AckLevel.SERVER);
                case 2 -> Optional.of(AckLevel.DEVICE);
                case 3 -> Optional.of(AckLevel.READ);
                case 4 -> Optional.of(AckLevel.PLAYED);
                default -> Optional.<AckLevel>empty();
            }).or(() -> named);
        }

        // Everything else

        private Translation sessionStatus() {
            var status = Json.text(payload, "status");
            if (status.isEmpty()) return new Unreadable("status_missing", "The session has no status.");
            var me = ownPhone.flatMap(Jid::phone).map(phone -> new OwnNumber(phone, ownLid.flatMap(Jid::lid)));
            var detail = payload.path("data").isObject() ? Optional.of(payload.path("data").toString())
                    : Optional.<String>empty();
            return new SessionStatus(status.get(), raisedAt, me, Json.text(envelope, "me", "pushName"), detail);
        }

        private Translation call(CallState state) {
            var id = Json.text(payload, "id");
            if (id.isEmpty()) return new Unreadable("call_id_missing", "The call has no id.");
            if (Json.isTrue(payload, "isGroup")) return new Ignored(event, "group_call");
            var caller = jid(payload, "from").filter(Jid::isPerson)
                    .or(() -> jid(data, "CallCreator")).or(() -> jid(data, "From")).or(() -> jid(data, "from"))
                    .filter(Jid::isPerson);
            if (caller.isEmpty()) return new Noted(event, id.get());
            if (isOwn(caller.get())) return new Ignored(event, "own_number");
            var sighting = sighting(List.of(caller, jid(data, "CallCreatorAlt")), Optional.empty());
            var chat = ChatAddress.direct(caller.get().address(), sighting.orElseThrow());
            return new Conversation(List.of(new Incoming.Call(chat, id.get(),
                    time(Json.number(payload, "timestamp"), raisedAt), state, Json.isTrue(payload, "isVideo"))));
        }

        private Translation presence() {
            var chat = jid(payload, "id").filter(Jid::isPerson).filter(jid -> !isOwn(jid));
            if (chat.isEmpty()) return new Ignored(event, "not_a_direct_chat");
            var address = ChatAddress.direct(chat.get().address(),
                    sighting(List.of(chat), Optional.empty()).orElseThrow());
            var seen = new ArrayList<Incoming>();
            for (var one : payload.path("presences")) {
                var state = Json.text(one, "lastKnownPresence").flatMap(word -> switch (word) {
                    case "online" -> Optional.of(PresenceState.ONLINE);
                    case "offline" -> Optional.of(PresenceState.OFFLINE);
                    case "typing" -> Optional.of(PresenceState.TYPING);
                    case "recording" -> Optional.of(PresenceState.RECORDING);
                    case "paused" -> Optional.of(PresenceState.PAUSED);
                    default -> Optional.<PresenceState>empty();
                });
                var who = jid(one, "participant").orElse(chat.get()).address();
                state.ifPresent(doing -> seen.add(new Incoming.Presence(address, raisedAt, who, doing)));
            }
            return seen.isEmpty() ? new Ignored(event, "no_presence") : new Conversation(List.copyOf(seen));
        }

        // Labels

        private Translation label() {
            return described(payload, event.equals("label.deleted")).<Translation>map(news -> new Labelling(List.of(news)))
                    .orElseGet(() -> new Unreadable("label_incomplete", "The label has no id or no name."));
        }

        private Optional<LabelNews> described(JsonNode label, boolean deleted) {
            var id = Json.id(label, "id");
            var name = Json.text(label, "name");
            if (id.isEmpty() || name.isEmpty()) return Optional.empty();
            return Optional.of(deleted ? new LabelNews.Deleted(id.get(), name.get(), raisedAt)
                    : new LabelNews.Described(id.get(), name.get(), Json.text(label, "colorHex").map(String::toLowerCase), raisedAt));
        }

        private Translation labelOnChat(boolean put) {
            var id = Json.id(payload, "labelId");
            if (id.isEmpty()) return new Unreadable("label_incomplete", "No label is named.");
            var jid = jid(payload, "chatId").filter(one -> one.isPerson() || one.kind() == Jid.Kind.GROUP).filter(one -> !isOwn(one));
            if (jid.isEmpty()) return new Ignored(event, "no_chat_of_ours");
            var chat = jid.get().kind() == Jid.Kind.GROUP ? ChatAddress.group(jid.get().address(), Optional.empty())
                    : ChatAddress.direct(jid.get().address(), sighting(List.of(jid), Optional.empty()).orElseThrow());
            var news = new ArrayList<LabelNews>();
            // What comes along of the label itself may be all that is ever told of it.
            if (put) described(payload.path("label"), false).ifPresent(news::add);
            news.add(new LabelNews.OnChat(id.get(), chat, put, raisedAt));
            return new Labelling(List.copyOf(news));
        }

        // Chats and people

        private Translation inChat(WahaId id, boolean fromMe, java.util.function.Function<ChatAddress, Incoming> say) {
            return inChat(id, fromMe, payload, data, say);
        }

        private Translation inChat(
                WahaId id, boolean fromMe, JsonNode message, JsonNode raw,
                java.util.function.Function<ChatAddress, Incoming> say) {
            var found = chat(id, message, raw, fromMe);
            if (found.isEmpty()) return new Unreadable("chat_missing", "The chat cannot be told.");
            var chat = found.get();
            return switch (chat.kind()) {
                case GROUP -> new Conversation(List.of(say.apply(ChatAddress.group(chat.address(), Optional.empty()))));
                case PERSON, LID -> direct(chat, fromMe, raw, say);
                case BROADCAST -> toMany(id, fromMe, message, raw, "broadcast_list", say);
                case STATUS -> statusPosts && event.startsWith("message") ? toMany(id, fromMe, message, raw, STATUS_POST, say)
                        : new Ignored(event, STATUS_POST);
                case NEWSLETTER -> new Ignored(event, "newsletter");
                case SYSTEM -> new Ignored(event, "whatsapp_itself");
                case OTHER -> new Unreadable("address_unknown", "A chat of an unknown kind: " + chat.server());
            };
        }

        /** What somebody sent to many at once is said to us as well. */
        private Translation toMany(WahaId id, boolean fromMe, JsonNode message, JsonNode raw, String otherwise,
                java.util.function.Function<ChatAddress, Incoming> say) {
            var sender = writerJid(id, message).filter(Jid::isPerson);
            return fromMe || sender.isEmpty() ? new Ignored(event, otherwise) : direct(sender.get(), false, raw, say);
        }

        private Translation direct(Jid chat, boolean fromMe, JsonNode raw,
                java.util.function.Function<ChatAddress, Incoming> say) {
            if (isOwn(chat) || fromMe && isWriter(chat, raw)) return new Ignored(event, "note_to_self");
            var name = fromMe ? Optional.<String>empty() : pushName(raw);
            var customer = sighting(addresses(chat, fromMe, raw), name);
            if (customer.isEmpty()) return new Unreadable("address_unknown", "Nobody has this address.");
            return new Conversation(List.of(say.apply(ChatAddress.direct(chat.address(), customer.get()))));
        }

        /** The id's second part, then the engine's own field, then from or to (contract section 6). */
        private Optional<Jid> chat(WahaId id, JsonNode message, JsonNode raw, boolean fromMe) {
            return id.chat()
                    .or(() -> jid(raw, "Info", "Chat"))
                    .or(() -> jid(raw, "key", "remoteJid"))
                    .or(() -> jid(raw, "id", "remote"))
                    .or(() -> browser && fromMe ? jid(message, "to") : jid(message, "from"));
        }

        /** Addresses that the delivery proves to be the customer's. On GOWS an outgoing message has ours as sender. */
        private List<Optional<Jid>> addresses(Jid chat, boolean fromMe, JsonNode raw) {
            var all = new ArrayList<Optional<Jid>>();
            all.add(Optional.of(chat));
            all.add(jid(raw, "Info", "Chat"));
            all.add(jid(raw, "key", "remoteJid"));
            all.add(jid(raw, "key", "remoteJidAlt"));
            if (fromMe) {
                all.add(jid(raw, "Info", "RecipientAlt"));
            } else {
                all.add(jid(raw, "Info", "Sender"));
                all.add(jid(raw, "Info", "SenderAlt"));
                all.add(jid(raw, "key", "senderPn"));
                all.add(jid(raw, "key", "senderLid"));
            }
            return all;
        }

        private Optional<Sighting> writer(WahaId id) {
            var key = data.path("key");
            return sighting(List.of(writerJid(id, payload), jid(data, "Info", "Sender"), jid(data, "Info", "SenderAlt"),
                    jid(key, "participantAlt"), jid(key, "participantPn"), jid(key, "participantLid")), pushName(data));
        }

        private Optional<Jid> writerJid(WahaId id, JsonNode message) {
            var raw = message.path("_data");
            return jid(message, "participant").or(id::participant).or(() -> jid(raw, "Info", "Sender"))
                    .or(() -> jid(raw, "key", "participant")).or(() -> jid(raw, "author"))
                    .or(() -> jid(raw, "author", "_serialized"));
        }

        /** Who reacted or voted: in a direct chat the customer, in a group the participant; nobody named is us. */
        private Optional<Sighting> actor(boolean fromMe, ChatAddress chat, WahaId id, JsonNode message) {
            if (fromMe) return Optional.empty();
            if (chat.customer().isPresent()) return chat.customer();
            return sighting(List.of(writerJid(id, message), browser ? jid(message, "from") : Optional.empty()),
                    Optional.empty());
        }

        /** The first telephone number and the first private id among addresses of one person; never our own. */
        private Optional<Sighting> sighting(List<Optional<Jid>> addresses, Optional<String> name) {
            var people = addresses.stream().flatMap(Optional::stream).filter(jid -> !isOwn(jid)).toList();
            var phone = people.stream().flatMap(jid -> jid.phone().stream()).findFirst();
            var lid = people.stream().flatMap(jid -> jid.lid().stream()).findFirst();
            return phone.isEmpty() && lid.isEmpty() ? Optional.empty() : Optional.of(new Sighting(phone, lid, name));
        }

        /** Who wrote to himself, even when the delivery no longer tells our number. */
        private static boolean isWriter(Jid chat, JsonNode raw) {
            return jid(raw, "Info", "Sender").filter(chat::equals).isPresent()
                    || jid(raw, "Info", "SenderAlt").filter(chat::equals).isPresent()
                    || raw.path("id").path("remote").isString() && jid(raw, "from").filter(chat::equals).isPresent();
        }

        private static boolean isFalse(JsonNode node, String name) {
            return node.path(name).isBoolean() && !node.path(name).booleanValue();
        }

        private boolean isOwn(Jid jid) {
            var sameLid = jid.lid().isPresent() && jid.lid().equals(ownLid.flatMap(Jid::lid));
            return sameLid || jid.phone().map(PhoneNumber::canonical)
                    .equals(ownPhone.flatMap(Jid::phone).map(PhoneNumber::canonical)) && jid.phone().isPresent();
        }

        /** A release of NOWEB says that our own group message is not ours; the participant tells. */
        private boolean fromMe(WahaId id) {
            var said = payload.path("fromMe").isBoolean() ? payload.path("fromMe").booleanValue()
                    : payload.path("after").path("fromMe").isBoolean() ? payload.path("after").path("fromMe").booleanValue()
                    : id.fromMe().orElseGet(() -> Json.isTrue(data, "Info", "IsFromMe") || Json.isTrue(data, "key", "fromMe")
                            || Json.isTrue(data, "id", "fromMe"));
            return said || jid(payload, "participant").filter(this::isOwn).isPresent()
                    || id.participant().filter(this::isOwn).isPresent()
                    || jid(data, "key", "participant").filter(this::isOwn).isPresent();
        }

        private static Optional<String> pushName(JsonNode raw) {
            return Json.text(raw, "Info", "PushName").or(() -> Json.either(raw, "pushName", "notifyName"))
                    .map(String::strip).filter(name -> !name.equals("-"))
                    .map(name -> Text.cut(name, LONGEST_NAME));
        }

        private static Optional<Jid> jid(JsonNode node, String... path) {
            var found = Json.at(node, path);
            return found.isString() ? Jid.parse(found.asString()) : Optional.empty();
        }

        /** Seconds or milliseconds since 1970; what is missing or nonsense gives the fallback. */
        private Instant time(Optional<Double> number, Instant fallback) {
            return number.filter(n -> n > 0).map(n -> n > SECONDS_END ? n : n * 1_000).filter(n -> n < 1e15)
                    .map(millis -> Instant.ofEpochMilli(Math.round(millis)))
                    .filter(at -> at.isAfter(EARLIEST) && at.isBefore(receivedAt.plus(AHEAD)))
                    .orElse(fallback);
        }
    }
}
