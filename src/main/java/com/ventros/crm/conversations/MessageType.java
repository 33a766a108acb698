package com.ventros.crm.conversations;

/** What kind of thing was said. Anything we do not know is {@link #UNSUPPORTED}, kept, and shown as such. */
public enum MessageType {
    TEXT, IMAGE, VIDEO, VIDEO_NOTE, VOICE, AUDIO, DOCUMENT, STICKER, LOCATION, LIVE_LOCATION, CONTACTS, POLL,
    BUTTON_REPLY, LIST_REPLY, FLOW_REPLY, ORDER, PRODUCT, EVENT, GROUP_INVITE, PAYMENT, ALBUM, UNSUPPORTED
}
