package com.ventros.crm.channels;

/** Where a company's own program takes what is written to its people: exactly there, with or without a slash at the end. */
public record EndpointAddress(String url) implements ChannelAddress {

    /** What the channel's row calls it. */
    public static final String TYPE = "api";

    public EndpointAddress {
        url = ChannelAddress.checked("api.url", url);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
