package com.ventros.crm.channels.waha;

import com.ventros.crm.http.Bounded;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How we deal with WAHA servers.
 *
 * @param maxBody               largest delivery; WAHA sets no limit, and base64 thumbnails make some hundred kilobytes
 * @param bodyTimeout           longest time in which a delivery must have arrived completely
 * @param publishTimeout        longest wait for the broker before a delivery is spooled in the database instead
 * @param consumers             tenants whose deliveries are saved at the same time; those of one go one batch after the other
 * @param allowPrivateAddresses whether a WAHA server may live at a loopback or private address, which is where most do
 *                              (a container next door). Link-local addresses, where clouds keep their machine's
 *                              credentials, are never allowed
 * @param sendTimeout           longest wait for an answer, at most a minute; an engine can hang for ever on an invalid number
 * @param mediaTimeout          the same where a file goes or comes, from the first byte to the last; at most two minutes
 * @param webhookUrl            where WAHA servers reach this program, without a path of its own; sessions that are made by
 *                              connecting a channel then deliver to it. Never taken from a request, which could name
 *                              somebody else's
 * @param mediaHosts            where files may be fetched from besides the WAHA server itself, when it keeps them in a
 *                              storage of its own (S3): names of hosts, over HTTPS, without our API key
 */
@ConfigurationProperties("crm.waha")
public record WahaProperties(
        @DefaultValue("5MB") DataSize maxBody,
        @DefaultValue("10s") Duration bodyTimeout,
        @DefaultValue("1500ms") Duration publishTimeout,
        @DefaultValue("4") int consumers,
        @DefaultValue("true") boolean allowPrivateAddresses,
        @DefaultValue("30s") Duration sendTimeout,
        @DefaultValue("90s") Duration mediaTimeout,
        Optional<URI> webhookUrl,
        @DefaultValue Set<String> mediaHosts) {

    public WahaProperties {
        Bounded.atMost(Duration.ofMinutes(1), "crm.waha.send-timeout", sendTimeout);
        Bounded.atMost(Duration.ofMinutes(2), "crm.waha.media-timeout", mediaTimeout);
    }
}
