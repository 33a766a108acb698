package com.ventros.crm.channels;

import com.ventros.crm.kernel.Refusal;
import java.net.URI;
import java.net.URISyntaxException;

/** Where a channel's provider is; its kind is what the channel's row names as its type. */
public sealed interface ChannelAddress permits WahaAddress, EndpointAddress {

    int LONGEST_URL = 500;

    String url();

    /** The provider's name, stable for ever. */
    String type();

    /** A plain web address, or refused. */
    static String checked(String field, String typed) {
        if (typed == null || typed.isBlank() || typed.length() > LONGEST_URL) throw badUrl(field, "is missing or too long");
        URI uri;
        try {
            uri = new URI(typed.strip());
        } catch (URISyntaxException notAnAddress) {
            throw badUrl(field, "is not an address");
        }
        var scheme = uri.getScheme();
        if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
            throw badUrl(field, "has to begin with http:// or https://");
        }
        if (uri.getHost() == null) throw badUrl(field, "names no host");
        // http://trusted@evil reads like one host and goes to another; a key belongs into the key's field.
        if (uri.getRawUserInfo() != null) throw badUrl(field, "must not hold a user name");
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) throw badUrl(field, "must not hold ? or #");
        return uri.normalize().toString();
    }

    /** Not an address that may be called. */
    static Refusal badUrl(String field, String what) {
        return Refusal.invalid(field, "url_invalid", "The address " + what + ".");
    }
}
