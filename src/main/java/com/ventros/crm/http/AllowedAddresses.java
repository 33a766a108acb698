package com.ventros.crm.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Where requests of ours may go. A tenant names the servers that we call (WAHA, webhook endpoints), and must not reach
 * with them what only this machine can reach: its cloud's credentials in any case, its neighbours if the operator says so.
 *
 * <p>Java keeps a resolved name for 30 seconds, so the address that was checked is the one that is connected to.
 */
public final class AllowedAddresses {

    /** Metadata services of clouds outside the link-local range: AWS over IPv6, Alibaba. */
    private static final Set<String> METADATA = Set.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200");

    private final boolean allowPrivate;

    /** @param allowPrivate whether loopback and private networks may be reached */
    public AllowedAddresses(boolean allowPrivate) {
        this.allowPrivate = allowPrivate;
    }

    /** Why the address is refused; empty when requests may go there. */
    public Optional<String> refusal(URI uri) throws UnknownHostException {
        return Arrays.stream(InetAddress.getAllByName(uri.getHost()))
                .filter(address -> !allowed(address))
                .map(address -> "The address " + address.getHostAddress() + " is not allowed.")
                .findFirst();
    }

    private boolean allowed(InetAddress address) {
        if (address.isLinkLocalAddress() || address.isMulticastAddress() || address.isAnyLocalAddress()) return false;
        if (METADATA.contains(address.getHostAddress())) return false;
        return allowPrivate || !(address.isLoopbackAddress() || address.isSiteLocalAddress() || isUniqueLocal(address));
    }

    /** fc00::/7, the private addresses of IPv6; Java's site-local means the older fec0::/10. */
    private static boolean isUniqueLocal(InetAddress address) {
        return address instanceof Inet6Address && (address.getAddress()[0] & 0xFE) == 0xFC;
    }
}
