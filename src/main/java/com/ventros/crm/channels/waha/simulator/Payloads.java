package com.ventros.crm.channels.waha.simulator;

import com.ventros.crm.channels.waha.simulator.Said.Ack;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The JSON of one session's engine: how it writes a message, an ack, an edit. The shapes follow captured deliveries;
 * GOWS and NOWEB share their fields but not the spelling, WEBJS goes its own way.
 */
final class Payloads {

    /** GOWS writes times with the offset of the machine that it runs on. */
    private static final ZoneId SERVER_ZONE = ZoneId.of("America/Sao_Paulo");
    /** The smallest picture that is one: a grey pixel. */
    private static final String THUMBNAIL = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAoHBwgHBgoICAgLCgoLDhgQDg0NDh0VFhEYIx8l"
            + "JCIfIiEmKzcvJik0KSEiMEExNDk7Pj4+JS5ESUM8SDc9Pjv/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAA"
            + "AAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q==";

    private final SimulatedSession session;
    private final Engine engine;
    private final String baseUrl;

    Payloads(SimulatedSession session, String baseUrl) {
        this.session = session;
        this.engine = session.engine();
        this.baseUrl = baseUrl;
    }

    /** An object in the order it is written down, nulls included. */
    static Map<String, Object> json(Object... namesAndValues) {
        var object = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }

    // Addresses and ids

    /** The spelling inside {@code _data} of GOWS and NOWEB. */
    private static String jid(String address) {
        return address.replace("@c.us", "@s.whatsapp.net");
    }

    /** The other address of the same person, {@code ""} when there is none. */
    private static String alt(Optional<Customer> customer, String address) {
        return customer.flatMap(c -> c.otherAddress(address)).map(Payloads::jid).orElse("");
    }

    String fullId(Said said, String chat) {
        var id = said.fromMe + "_" + chat + "_" + said.id;
        return said.group.isPresent() ? id + "_" + participant(said) : id;
    }

    private String participant(Said said) {
        return said.fromMe ? session.ownAddress() : said.customer.orElseThrow().address();
    }

    private Map<String, Object> webjsId(Said said, String chat) {
        var id = json("fromMe", said.fromMe, "remote", chat, "id", said.id);
        if (said.group.isPresent()) id.put("participant", participant(said));
        id.put("_serialized", fullId(said, chat));
        return id;
    }

    // Messages

    /** The message as it appears in the given chat. */
    Map<String, Object> message(Said said, String chat) {
        return switch (engine) {
            case GOWS -> gows(said, chat, said.id, false, gowsMessage(said), "");
            case NOWEB -> noweb(said, chat, said.id, false, nowebMessage(said));
            case WEBJS -> webjs(said, chat);
        };
    }

    private Map<String, Object> gows(
            Said said, String chat, String id, boolean bare, Map<String, Object> message, String edit) {
        var group = said.group.isPresent();
        var payload = json("id", fullId(said, chat).replace(said.id, id), "timestamp", said.at.getEpochSecond(),
                "from", chat, "fromMe", said.fromMe, "source", said.viaApi ? "api" : "app");
        if (!bare) said.content.words().ifPresent(words -> payload.put("body", words));
        payload.put("to", group ? participant(said) : null);
        payload.put("participant", group ? participant(said) : null);
        media(payload, said, bare);
        payload.put("ack", said.ack.ordinal());
        payload.put("location", bare ? null : location(said));
        payload.put("vCards", said.content instanceof Content.Cards cards && !bare ? vcards(cards) : null);
        payload.put("ackName", said.ack.name());
        payload.put("replyTo", bare ? null : replyTo(said));
        payload.put("_data", json(
                "Info", gowsInfo(said, chat, id, edit),
                "Message", message,
                "IsEphemeral", false, "IsViewOnce", false, "IsViewOnceV2", false, "IsViewOnceV2Extension", false,
                "IsDocumentWithCaption", false, "IsLottieSticker", false, "IsBotInvoke", false,
                "IsEdit", edit.equals("1"), "SourceWebMsg", null, "UnavailableRequestID", "", "RetryCount", 0,
                "NewsletterMeta", null, "RawMessage", message, "Status", said.fromMe ? 2 : 3));
        return payload;
    }

    private Map<String, Object> gowsInfo(Said said, String chat, String id, String edit) {
        var group = said.group.isPresent();
        boolean byLid = group ? participant(said).endsWith("@lid") : chat.endsWith("@lid");
        var own = session.own();
        String sender;
        String senderAlt;
        if (said.fromMe) {
            sender = byLid ? own.lid() + "@lid" : own.jid();
            senderAlt = byLid ? jid(own.address()) : own.lid() + "@lid";
        } else {
            var author = group ? participant(said) : chat;
            sender = jid(author);
            senderAlt = alt(said.customer, author);
        }
        var mediaType = switch (said.content) {
            case Content.Media media -> media.kind().gowsType;
            case Content.Location _ -> "location";
            case Content.Cards cards -> cards.cards().size() == 1 ? "vcard" : "contact_array";
            case Content.Text _, Content.Poll _ -> "";
        };
        var type = said.content instanceof Content.Poll ? "poll" : mediaType.isEmpty() ? "text" : "media";
        return json("Chat", jid(chat), "Sender", sender, "IsFromMe", said.fromMe, "IsGroup", group,
                "AddressingMode", byLid ? "lid" : "pn", "SenderAlt", senderAlt,
                "RecipientAlt", said.fromMe && byLid && !group ? alt(said.customer, chat) : "",
                "BroadcastListOwner", "", "BroadcastRecipients", null, "ID", id, "ServerID", 0,
                "Type", type, "PushName", pushName(said),
                "Timestamp", iso(said.at), "Category", "", "Multicast", false, "MediaType", mediaType, "Edit", edit,
                "MsgBotInfo", json("EditType", "", "EditTargetID", "", "EditSenderTimestampMS", "0001-01-01T00:00:00Z"),
                "MsgMetaInfo", json("TargetID", "", "TargetSender", "", "TargetChat", "", "DeprecatedLIDSession", null,
                        "ThreadMessageID", "", "ThreadMessageSenderJID", ""),
                "VerifiedName", null, "DeviceSentMeta", null);
    }

    private Map<String, Object> noweb(
            Said said, String chat, String id, boolean bare, Map<String, Object> message) {
        var group = said.group.isPresent();
        var payload = json("id", fullId(said, chat).replace(said.id, id), "timestamp", said.at.getEpochSecond(),
                "from", chat, "fromMe", said.fromMe, "source", said.viaApi ? "api" : "app",
                "body", bare ? null : said.content.words().orElse(null));
        if (group) {
            payload.put("to", chat);
            payload.put("participant", participant(said));
        }
        media(payload, said, bare);
        payload.put("ack", said.ack.ordinal());
        payload.put("ackName", said.ack.name());
        payload.put("location", bare ? null : location(said));
        payload.put("vCards", said.content instanceof Content.Cards cards && !bare ? vcards(cards) : null);
        payload.put("replyTo", bare ? null : replyTo(said));
        var key = json("remoteJid", jid(chat));
        if (!group && !said.fromMe) key.put("remoteJidAlt", alt(said.customer, chat));
        key.put("fromMe", said.fromMe);
        key.put("id", id);
        if (group) {
            key.put("participant", jid(participant(said)));
            if (!said.fromMe) key.put("participantAlt", alt(said.customer, participant(said)));
        } else if (!said.fromMe) {
            key.put("participant", "");
        }
        if (!said.fromMe) {
            key.put("addressingMode", (group ? participant(said) : chat).endsWith("@lid") ? "lid" : "pn");
        }
        payload.put("_data", json("key", key, "messageTimestamp", said.at.getEpochSecond(),
                "pushName", pushName(said), "broadcast", false, "status", said.fromMe ? 1 : 2, "message", message));
        return payload;
    }

    private Map<String, Object> webjs(Said said, String chat) {
        var own = session.ownAddress();
        var from = said.fromMe ? own : chat;
        var to = said.fromMe ? chat : own;
        var ack = said.fromMe ? said.ack : Ack.SERVER;
        var type = said.revoked ? "revoked" : switch (said.content) {
            case Content.Text _ -> "chat";
            case Content.Media media -> media.kind().webjsType;
            case Content.Location _ -> "location";
            case Content.Cards cards -> cards.cards().size() == 1 ? "vcard" : "multi_vcard";
            case Content.Poll _ -> "poll_creation";
        };
        var body = said.revoked ? "" : switch (said.content) {
            case Content.Text text -> text.text();
            case Content.Media media when media.caption().isEmpty() -> media.fileName().orElse("");
            case Content.Media media -> media.caption();
            case Content.Location _ -> THUMBNAIL;
            case Content.Cards cards -> cards.cards().size() == 1 ? cards.cards().getFirst().vcard() : "";
            case Content.Poll _ -> "";
        };
        var payload = json("id", fullId(said, chat), "timestamp", said.at.getEpochSecond(), "from", from,
                "fromMe", said.fromMe);
        if (said.group.isPresent()) payload.put("participant", participant(said));
        payload.put("source", said.viaApi ? "api" : "app");
        payload.put("to", to);
        payload.put("body", body);
        media(payload, said, said.revoked);
        if (payload.get("media") instanceof Map<?, ?> media) payload.put("mediaUrl", media.get("url"));
        payload.put("ack", ack.ordinal());
        payload.put("ackName", ack.name());
        payload.put("location", location(said));
        payload.put("vCards", said.content instanceof Content.Cards cards ? vcards(cards) : List.of());
        if (said.replyTo.isPresent()) payload.put("replyTo", replyTo(said));
        var data = json("id", webjsId(said, chat), "viewed", false,
                "body", said.content instanceof Content.Media ? THUMBNAIL : body, "type", type,
                "t", said.at.getEpochSecond());
        if (!said.fromMe) data.put("notifyName", pushName(said));
        data.putAll(json("from", from, "to", to));
        if (said.group.isPresent()) data.put("author", participant(said));
        data.putAll(json("ack", ack.ordinal(), "isNewMsg", true, "star", false, "isForwarded", false,
                "mentionedJidList", List.of(), "viewMode", "VISIBLE", "links", List.of()));
        if (said.content instanceof Content.Media media) {
            data.putAll(json("caption", media.caption(), "mimetype", media.kind().mimeType,
                    "size", media.bytes(said.id).length));
            media.fileName().ifPresent(name -> data.put("filename", name));
            if (media.seconds() > 0) data.put("duration", String.valueOf(media.seconds()));
        }
        if (said.content instanceof Content.Location place) {
            data.putAll(json("lat", place.latitude(), "lng", place.longitude(),
                    "loc", place.name() + "\n" + place.address(), "isLive", false));
        }
        if (said.content instanceof Content.Cards cards && cards.cards().size() > 1) {
            data.put("vcardList", cards.cards().stream()
                    .map(card -> json("displayName", card.name(), "vcard", card.vcard())).toList());
        }
        if (said.content instanceof Content.Poll poll) {
            data.putAll(json("pollName", poll.question(), "pollOptions",
                    poll.options().stream().map(option -> json("name", option)).toList(),
                    "pollSelectableOptionsCount", selectable(poll)));
        }
        said.replyTo.ifPresent(quoted -> data.putAll(json("quotedStanzaID", quoted.id,
                "quotedParticipant", quoted.fromMe ? own : participantOf(quoted),
                "quotedMsg", json("type", "chat", "body", quoted.content.words().orElse("")))));
        said.ad.ifPresent(ad -> data.put("ctwaContext", json("conversionSource", "FB_Ads", "conversionData", THUMBNAIL,
                "conversionDelaySeconds", 5, "ctwaSignals", "", "sourceUrl", ad.sourceUrl(), "sourceId", ad.sourceId(),
                "title", ad.headline(), "description", ad.text(), "thumbnail", THUMBNAIL, "thumbnailUrl", null,
                "mediaType", 1, "mediaUrl", null, "isSuspiciousLink", null, "sourceApp", ad.app())));
        payload.put("_data", data);
        return payload;
    }

    private String pushName(Said said) {
        return said.fromMe ? session.own().pushName() : said.customer.orElseThrow().name();
    }

    private void media(Map<String, Object> payload, Said said, boolean bare) {
        if (bare || !(said.content instanceof Content.Media media)) {
            payload.put("hasMedia", false);
            payload.put("media", null);
            return;
        }
        payload.put("hasMedia", true);
        var name = (engine == Engine.WEBJS ? fullId(said, said.chat()) : said.id) + "." + media.kind().extension;
        var file = json("url", baseUrl + "/api/files/" + session.name() + "/" + name,
                "filename", media.fileName().orElse(null), "mimetype", media.kind().mimeType);
        if (engine == Engine.NOWEB) file.put("s3", null);
        payload.put("media", file);
    }

    private Map<String, Object> location(Said said) {
        if (!(said.content instanceof Content.Location place)) return null;
        boolean numbers = engine == Engine.WEBJS;
        var location = json("live", false,
                "latitude", numbers ? (Object) place.latitude() : String.valueOf(place.latitude()),
                "longitude", numbers ? (Object) place.longitude() : String.valueOf(place.longitude()));
        if (!place.name().isEmpty()) location.put("name", place.name());
        if (!place.address().isEmpty()) location.put("address", place.address());
        location.put("thumbnail", THUMBNAIL);
        return location;
    }

    private String participantOf(Said quoted) {
        return quoted.fromMe ? session.ownAddress()
                : quoted.customer.map(Customer::address).orElse(quoted.chat());
    }

    private Map<String, Object> replyTo(Said said) {
        return said.replyTo.map(quoted -> json("id", quoted.id, "participant", participantOf(quoted),
                "body", quoted.content.words().orElse(null),
                "_data", json("conversation", quoted.content.words().orElse("")))).orElse(null);
    }

    private Map<String, Object> gowsMessage(Said said) {
        return mainField(said, true);
    }

    private Map<String, Object> nowebMessage(Said said) {
        return mainField(said, false);
    }

    /** The engine's own message: one main field, in Go's or in JavaScript's spelling. */
    private Map<String, Object> mainField(Said said, boolean go) {
        var context = contextInfo(said, go);
        if (said.content instanceof Content.Text text && context.isEmpty() && !said.fromMe) {
            return json("conversation", text.text());
        }
        String field;
        Map<String, Object> fields;
        switch (said.content) {
            case Content.Text text -> {
                field = "extendedTextMessage";
                fields = json("text", text.text());
            }
            case Content.Media media -> {
                field = media.kind().field;
                long bytes = media.bytes(said.id).length;
                fields = json(go ? "URL" : "url", "https://mmg.whatsapp.net/v/" + said.id + ".enc",
                        "mimetype", media.kind().mimeType,
                        "fileLength", go ? (Object) bytes : String.valueOf(bytes));
                if (!media.caption().isEmpty()) fields.put("caption", media.caption());
                media.fileName().ifPresent(name -> {
                    fields.put("title", name);
                    fields.put("fileName", name);
                });
                if (media.seconds() > 0) fields.put("seconds", media.seconds());
                if (media.kind() == Content.Kind.VOICE) fields.put(go ? "PTT" : "ptt", true);
                if (media.kind() == Content.Kind.IMAGE) fields.put(go ? "JPEGThumbnail" : "jpegThumbnail", THUMBNAIL);
            }
            case Content.Location place -> {
                field = "locationMessage";
                fields = json("degreesLatitude", place.latitude(), "degreesLongitude", place.longitude());
                if (!place.name().isEmpty()) fields.put("name", place.name());
                if (!place.address().isEmpty()) fields.put("address", place.address());
                fields.put(go ? "JPEGThumbnail" : "jpegThumbnail", THUMBNAIL);
            }
            case Content.Cards cards when cards.cards().size() == 1 -> {
                field = "contactMessage";
                fields = json("displayName", cards.cards().getFirst().name(), "vcard", cards.cards().getFirst().vcard());
            }
            case Content.Cards cards -> {
                field = "contactsArrayMessage";
                fields = json("displayName", cards.cards().size() + " contatos", "contacts", cards.cards().stream()
                        .map(card -> json("displayName", card.name(), "vcard", card.vcard())).toList());
            }
            case Content.Poll poll -> {
                field = poll.multipleAnswers() ? "pollCreationMessage" : "pollCreationMessageV3";
                fields = json("name", poll.question(), "options",
                        poll.options().stream().map(option -> json("optionName", option)).toList(),
                        "selectableOptionsCount", selectable(poll));
            }
        }
        if (!context.isEmpty()) fields.put("contextInfo", context);
        return json(field, fields);
    }

    private static List<String> vcards(Content.Cards cards) {
        return cards.cards().stream().map(Content.Card::vcard).toList();
    }

    /** WhatsApp writes "as many as you like" as none. */
    private static int selectable(Content.Poll poll) {
        return poll.multipleAnswers() ? 0 : 1;
    }

    private Map<String, Object> contextInfo(Said said, boolean go) {
        var context = json();
        said.replyTo.ifPresent(quoted -> context.putAll(json(go ? "stanzaID" : "stanzaId", quoted.id,
                "participant", jid(participantOf(quoted)),
                "quotedMessage", json("conversation", quoted.content.words().orElse("")))));
        said.ad.ifPresent(ad -> context.putAll(json(
                "conversionSource", "FB_Ads", "conversionData", THUMBNAIL, "conversionDelaySeconds", 12,
                "externalAdReply", json("title", ad.headline(), "body", ad.text(),
                        "mediaType", go ? (Object) 1 : "IMAGE",
                        go ? "thumbnailURL" : "thumbnailUrl", "https://scontent.example.com/t15/thumb.jpg",
                        "sourceType", "ad", go ? "sourceID" : "sourceId", ad.sourceId(),
                        go ? "sourceURL" : "sourceUrl", ad.sourceUrl(), "containsAutoReply", false,
                        "showAdAttribution", true, "ctwaClid", ad.clickId(), "sourceApp", ad.app()),
                "entryPointConversionSource", "ctwa_ad", "entryPointConversionApp", ad.app(),
                "entryPointConversionDelaySeconds", 12, "entryPointConversionExternalSource", "FB_Ads",
                "entryPointConversionExternalMedium", "unavailable")));
        return context;
    }

    // What happens to messages

    /** What the call that sent a message answers. */
    Map<String, Object> sendAnswer(Said said) {
        var payload = message(said, said.chat());
        return switch (engine) {
            case GOWS -> json("id", payload.get("id"), "_data", payload.get("_data"));
            case NOWEB -> payload;
            case WEBJS -> json("_data", payload.get("_data"), "id", webjsId(said, said.chat()),
                    "ack", said.ack.ordinal(), "hasMedia", payload.get("hasMedia"), "body", payload.get("body"),
                    "type", ((Map<?, ?>) payload.get("_data")).get("type"),
                    "timestamp", payload.get("timestamp"), "from", payload.get("from"), "to", payload.get("to"),
                    "fromMe", true);
        };
    }

    /** An ack of ours, in the given chat; in groups it tells who received or read. */
    Map<String, Object> ack(Said said, String chat, Ack level, Optional<Customer> reader, Instant at) {
        if (engine == Engine.WEBJS) {
            var whole = message(said, chat);
            whole.put("ack", level.ordinal());
            whole.put("ackName", level.name());
            return whole;
        }
        var participant = said.group.isPresent() ? reader.map(Customer::address).orElse(null) : null;
        var payload = json("id", fullId(said, chat), "from", chat);
        if (engine == Engine.GOWS || participant != null) {
            payload.put("to", engine == Engine.NOWEB ? chat : participant);
            payload.put("participant", participant);
        }
        payload.putAll(json("fromMe", said.fromMe, "ack", level.ordinal(), "ackName", level.name()));
        if (engine == Engine.GOWS) {
            payload.put("_data", json("Chat", jid(chat), "Sender", jid(participant == null ? chat : participant),
                    "IsFromMe", false, "IsGroup", participant != null, "AddressingMode", "", "SenderAlt", "",
                    "RecipientAlt", "", "BroadcastListOwner", "", "BroadcastRecipients", null,
                    "MessageIDs", List.of(said.id), "Timestamp", iso(at),
                    "Type", level.compareTo(Ack.READ) < 0 ? "" : level.name().toLowerCase(Locale.ROOT),
                    "MessageSender", ""));
        }
        return payload;
    }

    /**
     * A reaction to a message.
     *
     * @param id      of the reaction itself
     * @param reactor who reacts; empty for us
     */
    Map<String, Object> reaction(
            Said target, String chat, String id, Optional<Customer> reactor, String emoji, Instant at) {
        boolean ours = reactor.isEmpty();
        var author = reactor.map(Customer::address).orElseGet(session::ownAddress);
        var group = target.group.isPresent();
        var fullId = ours + "_" + chat + "_" + id + (group ? "_" + author : "");
        // a browser tells the time of a reaction with its fraction
        var payload = json("id", fullId,
                "timestamp", engine == Engine.WEBJS ? (Object) (at.toEpochMilli() / 1000.0) : at.getEpochSecond(),
                "from", engine == Engine.WEBJS ? author : chat, "fromMe", ours,
                "source", ours ? "api" : "app",
                "to", engine == Engine.WEBJS || group ? chat : null,
                "participant", engine == Engine.WEBJS || group ? author : null);
        payload.put("reaction", json("text", emoji, "messageId", fullId(target, chat)));
        return payload;
    }

    /** Somebody's whole present choice in a poll. */
    Map<String, Object> vote(Said poll, String chat, String id, Customer voter, List<String> chosen, Instant at) {
        var from = voter.address();
        var own = session.ownAddress();
        boolean millis = engine != Engine.WEBJS;
        return json("vote", json("id", "false_" + chat + "_" + id, "from", from, "to", own, "fromMe", false,
                        "selectedOptions", chosen, "timestamp", millis ? at.toEpochMilli() : at.getEpochSecond()),
                "poll", json("id", fullId(poll, chat), "from", poll.fromMe ? own : from, "to", poll.fromMe ? from : own,
                        "fromMe", poll.fromMe));
    }

    /** A message whose words were changed: its content is the new one already. */
    Map<String, Object> edited(Said said, String chat, String actionId, String before, Instant at) {
        var payload = switch (engine) {
            case GOWS -> gows(said, chat, actionId, false, json("protocolMessage", json(
                    "key", json("remoteJID", jid(chat), "fromMe", true, "ID", said.id), "type", 14,
                    "editedMessage", json("conversation", said.content.words().orElse("")),
                    "timestampMS", at.toEpochMilli())), "1");
            case NOWEB -> noweb(said, chat, actionId, false, json("protocolMessage", json(
                    "key", json("remoteJid", jid(chat), "fromMe", said.fromMe, "id", said.id), "type", "MESSAGE_EDIT",
                    "editedMessage", json("conversation", said.content.words().orElse("")),
                    "timestampMs", String.valueOf(at.toEpochMilli()))));
            case WEBJS -> {
                var whole = webjs(said, chat);
                whole.put("_data", json("message", whole.get("_data"), "newBody", said.content.words().orElse(""),
                        "prevBody", before));
                yield whole;
            }
        };
        payload.put("timestamp", at.getEpochSecond());
        payload.put("editedMessageId", said.id);
        return payload;
    }

    /**
     * A message that was deleted for everyone.
     *
     * @param before the message as it was; only a browser still has it
     */
    Map<String, Object> revoked(Said said, String chat, String actionId, Map<String, Object> before, Instant at) {
        var after = switch (engine) {
            case GOWS -> gows(said, chat, actionId, true, json("protocolMessage",
                    json("key", json("remoteJID", jid(chat), "fromMe", true, "ID", said.id), "type", 0)), "7");
            case NOWEB -> noweb(said, chat, actionId, true, json("protocolMessage", json(
                    "key", json("remoteJid", jid(chat), "fromMe", said.fromMe, "id", said.id), "type", "REVOKE")));
            case WEBJS -> {
                var whole = webjs(said, chat);
                whole.put("id", said.fromMe + "_" + chat + "_" + actionId);
                @SuppressWarnings("unchecked") // made by webjs(), always an object
                var data = (Map<String, Object>) whole.get("_data");
                data.putAll(json("id", json("fromMe", said.fromMe, "remote", chat, "id", actionId, "_serialized",
                        whole.get("id")), "subtype", "sender", "protocolMessageKey", webjsId(said, chat)));
                yield whole;
            }
        };
        after.put("timestamp", at.getEpochSecond());
        var payload = json("after", after, "before", engine == Engine.WEBJS ? before : null,
                "revokedMessageId", said.id);
        if (engine == Engine.GOWS) payload.put("_data", json("Info", gowsInfo(said, chat, actionId, "7")));
        return payload;
    }

    Map<String, Object> presence(String chat, String participant, String presence) {
        return json("id", chat, "presences", List.of(
                json("participant", participant, "lastKnownPresence", presence, "lastSeen", null)));
    }

    // Labels

    /** WhatsApp's first colours. */
    private static final List<String> COLOURS = List.of("#ff9485", "#64c4ff", "#ffd429", "#dfaef0", "#99b6c1");

    Map<String, Object> label(SimulatedSession.Label label) {
        return json("id", label.id(), "name", label.name(), "color", label.colour(), "colorHex", COLOURS.get(label.colour() % COLOURS.size()));
    }

    Map<String, Object> labelOnChat(SimulatedSession.Label label, String chat) {
        return json("labelId", label.id(), "chatId", chat, "label", label(label));
    }

    /** A browser writes the id as an object. */
    Map<String, Object> labelledChat(String chat) {
        return json("id", engine == Engine.WEBJS ? json("server", chat.substring(chat.indexOf('@') + 1),
                "user", chat.substring(0, chat.indexOf('@')), "_serialized", chat) : chat);
    }

    // Chats

    /** A chat in a list: its newest message, and the engine's own form of it. */
    Map<String, Object> chat(String id, String name, Said newest) {
        if (engine == Engine.WEBJS) {
            var parts = id.split("@");
            return json("id", json("server", parts[1], "user", parts[0], "_serialized", id), "name", name,
                    "isGroup", newest.group.isPresent(), "unreadCount", 0, "timestamp", newest.at.getEpochSecond());
        }
        return json("id", id, "name", name, "conversationTimestamp", newest.at.getEpochSecond());
    }

    Map<String, Object> overview(String id, String name, Said newest) {
        return json("id", id, "name", name, "picture", null, "lastMessage", message(newest, id), "_chat",
                chat(id, name, newest));
    }

    // The envelope

    Map<String, Object> envelope(String id, String event, Instant at, Object payload, Engine serversEngine,
            String version) {
        var envelope = json("id", id, "timestamp", at.toEpochMilli(), "event", event, "session", session.name());
        session.metadata().ifPresent(metadata -> envelope.put("metadata", metadata));
        envelope.putAll(json("me", me(), "payload", payload, "engine", engine.name(),
                "environment", json("version", version, "engine", serversEngine.name(), "tier", "PLUS",
                        "browser", engine == Engine.WEBJS ? "/usr/bin/chromium" : null, "platform", "linux/amd64",
                        "worker", json("id", null))));
        return envelope;
    }

    /** Our own number as WAHA shows it, null while not paired. */
    Map<String, Object> me() {
        if (!session.paired()) return null;
        var own = session.own();
        var me = json("id", own.address(), "pushName", own.pushName());
        if (engine.tellsBothAddresses()) me.putAll(json("lid", own.lid() + "@lid", "jid", own.jid()));
        return me;
    }

    Map<String, Object> status(List<SimulatedSession.StatusChange> latest) {
        var statuses = new ArrayList<Map<String, Object>>();
        for (var change : latest) {
            statuses.add(json("status", change.status().name(), "timestamp", change.at().toEpochMilli()));
        }
        return json("name", session.name(), "status", latest.getLast().status().name(), "statuses", statuses, "data", null);
    }

    private static String iso(Instant at) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.truncatedTo(ChronoUnit.SECONDS).atZone(SERVER_ZONE));
    }
}
