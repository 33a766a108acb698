package com.ventros.crm.channels.api;

import com.ventros.crm.http.Bounded;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How we deal with companies' own programs.
 *
 * @param allowPrivateAddresses whether they may live at loopback and private addresses, and be called without TLS there;
 *                              off, since whoever names an address could otherwise reach the server's neighbours
 * @param timeout               longest wait for an answer, to its last byte; at most a minute
 * @param mediaTimeout          the same for the file of a message that came; at most two minutes
 */
@ConfigurationProperties("crm.api-channel")
public record ApiChannelProperties(
        @DefaultValue("false") boolean allowPrivateAddresses,
        @DefaultValue("15s") Duration timeout,
        @DefaultValue("60s") Duration mediaTimeout) {

    public ApiChannelProperties {
        Bounded.atMost(Duration.ofMinutes(1), "crm.api-channel.timeout", timeout);
        Bounded.atMost(Duration.ofMinutes(2), "crm.api-channel.media-timeout", mediaTimeout);
    }
}
