package com.ventros.crm.channels.waha;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An id of a message as WAHA writes it (contract section 6): {@code true_5511998000101@c.us_3EB0…}, with the writer
 * behind it in groups, now and then bare, on WEBJS an object.
 *
 * @param bare        WhatsApp's own id, the key of the message
 * @param fromMe      as the prefix says, if there is one
 * @param chat        the chat as the id says, if it does
 * @param participant the writer in a group, if the id says so
 */
record WahaId(String bare, Optional<Boolean> fromMe, Optional<Jid> chat, Optional<Jid> participant) {

    /** WhatsApp's own ids have 20 to 32 characters. */
    private static final int LONGEST = 100;

    static Optional<WahaId> read(JsonNode node) {
        if (node.isObject()) return Json.either(node, "_serialized", "id").flatMap(WahaId::parse);
        return node.isString() ? parse(node.asString()) : Optional.empty();
    }

    static Optional<WahaId> parse(String text) {
        Optional<Boolean> fromMe = text.startsWith("true_") ? Optional.of(true)
                : text.startsWith("false_") ? Optional.of(false) : Optional.empty();
        int at = text.indexOf('@');
        if (fromMe.isEmpty() || at < 0) {
            return bare(text).map(bare -> new WahaId(bare, fromMe, Optional.empty(), Optional.empty()));
        }
        int chatBegins = text.indexOf('_') + 1;
        int chatEnds = text.indexOf('_', at);
        if (chatEnds < 0) return Optional.empty();
        var chat = Jid.parse(text.substring(chatBegins, chatEnds));
        int idBegins = chatEnds + 1;
        int idEnds = text.indexOf('_', idBegins);
        var isNewsletter = chat.filter(jid -> jid.kind() == Jid.Kind.NEWSLETTER).isPresent();
        if (isNewsletter && idEnds > 0) { // a server's number stands before the id
            idBegins = idEnds + 1;
            idEnds = text.indexOf('_', idBegins);
        }
        var participant = idEnds < 0 ? Optional.<Jid>empty() : Jid.parse(text.substring(idEnds + 1));
        return bare(text.substring(idBegins, idEnds < 0 ? text.length() : idEnds))
                .map(bare -> new WahaId(bare, fromMe, chat, participant));
    }

    private static Optional<String> bare(String text) {
        if (text.isBlank() || text.length() > LONGEST || text.indexOf('@') >= 0) return Optional.empty();
        for (int i = 0; i < text.length(); i++) if (text.charAt(i) <= ' ' || text.charAt(i) > '~') return Optional.empty();
        return Optional.of(text);
    }
}
