package com.ventros.crm.channels;

import com.ventros.crm.kernel.Refusal;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a WAHA server is and which of its sessions (one WhatsApp number) is meant.
 *
 * @param url     base address without a slash at its end
 * @param session name of the session, case-sensitive
 */
public record WahaAddress(String url, String session) {

    private static final int LONGEST_SESSION_NAME = 100;
    private static final int LONGEST_URL = 500;

    public WahaAddress {
        url = checked(url);
        if (session == null || session.isBlank() || session.length() > LONGEST_SESSION_NAME) {
            throw Refusal.invalid("waha.session", "session_invalid", "The session needs a name of at most 100 letters.");
        }
    }

    private static String checked(String typed) {
        if (typed == null || typed.isBlank() || typed.length() > LONGEST_URL) throw badUrl("is missing or too long");
        URI uri;
        try {
            uri = new URI(typed.strip());
        } catch (URISyntaxException notAnAddress) {
            throw badUrl("is not an address");
        }
        var scheme = uri.getScheme();
        if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
            throw badUrl("has to begin with http:// or https://");
        }
        if (uri.getHost() == null) throw badUrl("names no host");
        // http://trusted@evil reads like one host and goes to another; a key belongs into the key's field.
        if (uri.getRawUserInfo() != null) throw badUrl("must not hold a user name");
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) throw badUrl("must not hold ? or #");
        var text = uri.normalize().toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static Refusal badUrl(String what) {
        return Refusal.invalid("waha.url", "url_invalid", "WAHA's address " + what + ".");
    }
}
