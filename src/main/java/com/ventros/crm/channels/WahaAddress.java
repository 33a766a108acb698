package com.ventros.crm.channels;

import com.ventros.crm.kernel.Refusal;

/**
 * Where a WAHA server is and which of its sessions (one WhatsApp number) is meant.
 *
 * @param url     base address without a slash at its end
 * @param session name of the session, case-sensitive
 */
public record WahaAddress(String url, String session) implements ChannelAddress {

    /** What the channel's row calls it. */
    public static final String TYPE = "waha";

    private static final int LONGEST_SESSION_NAME = 100;

    public WahaAddress {
        url = ChannelAddress.checked("waha.url", url);
        if (url.endsWith("/")) url = url.substring(0, url.length() - 1);
        if (session == null || session.isBlank() || session.length() > LONGEST_SESSION_NAME) {
            throw Refusal.invalid("waha.session", "session_invalid", "The session needs a name of at most 100 letters.");
        }
    }

    @Override
    public String type() {
        return TYPE;
    }
}
