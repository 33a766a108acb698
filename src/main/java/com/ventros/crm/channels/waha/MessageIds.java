package com.ventros.crm.channels.waha;

/** WhatsApp's message ids as WAHA writes them: {@code {true|false}_{chat}_{ID}[_{participant}]}, or the bare ID. */
final class MessageIds {

    private MessageIds() {}

    /** The ID itself, which is the same however a delivery writes the rest. */
    static String bare(String id) {
        var parts = id.split("_");
        return parts.length >= 3 ? parts[2] : id;
    }

    static String full(boolean fromMe, String chat, String bareId) {
        return fromMe + "_" + chat + "_" + bareId;
    }
}
