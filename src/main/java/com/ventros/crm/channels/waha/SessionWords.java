package com.ventros.crm.channels.waha;

import com.ventros.crm.channels.ChannelStatus;

/** WAHA's words for the state of a session, in ours. */
public final class SessionWords {

    private SessionWords() {}

    /** New words will come; whatever they mean, only {@code WORKING} means that something can be sent. */
    public static ChannelStatus status(String word) {
        return switch (word) {
            case "WORKING" -> ChannelStatus.CONNECTED;
            case "SCAN_QR_CODE", "PASSKEY_REQUIRED", "PASSKEY_CONFIRMATION_REQUIRED" -> ChannelStatus.PAIRING;
            case "FAILED" -> ChannelStatus.FAILED;
            case "STOPPED" -> ChannelStatus.STOPPED;
            default -> ChannelStatus.STARTING;
        };
    }
}
