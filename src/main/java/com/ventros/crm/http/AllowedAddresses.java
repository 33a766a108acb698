package com.ventros.crm.http;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
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

    /** Addresses that are not of the public internet, beside those that Java has a name for (IANA's special-purpose registries). */
    private static final List<Range> INSIDE = List.of(
            new Range(new byte[] {0}, 8), // this network
            new Range(new byte[] {100, 64}, 10), // shared by a provider's customers
            new Range(new byte[] {(byte) 192, 0, 0}, 24), // between protocols
            new Range(new byte[] {(byte) 198, 18}, 15), // between machines that are measured
            new Range(new byte[] {(byte) 240}, 4)); // reserved, and broadcast
    /** 64:ff9b::/96: an IPv4 address behind a translator (RFC 6052). */
    private static final byte[] TRANSLATED = {0, 0x64, (byte) 0xFF, (byte) 0x9B, 0, 0, 0, 0, 0, 0, 0, 0};

    /** The IPv4 addresses that begin with these bits. */
    private record Range(byte[] first, int bits) {
        boolean holds(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (bit / 8 < first.length ? first[bit / 8] & mask : 0)) return false;
            }
            return true;
        }
    }

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

    /** The same for a program of a tenant's, which is called over TLS, but where it lives inside and may. */
    public Optional<String> refusalOfProgram(URI uri) throws UnknownHostException {
        return lacksTls(uri) ? Optional.of("The address has to begin with https://.") : refusal(uri);
    }

    private boolean lacksTls(URI uri) throws UnknownHostException {
        if ("https".equalsIgnoreCase(uri.getScheme())) return false;
        return !allowPrivate || !"http".equalsIgnoreCase(uri.getScheme())
                || !Arrays.stream(InetAddress.getAllByName(uri.getHost())).map(AllowedAddresses::translated).allMatch(AllowedAddresses::isPrivate);
    }

    private boolean allowed(InetAddress given) {
        var address = translated(given);
        if (address.isLinkLocalAddress() || address.isMulticastAddress() || address.isAnyLocalAddress()) return false;
        if (METADATA.contains(address.getHostAddress())) return false;
        return allowPrivate || !isPrivate(address);
    }

    private static boolean isPrivate(InetAddress address) {
        return address.isLoopbackAddress() || address.isSiteLocalAddress() || isUniqueLocal(address) || isInside(address);
    }

    private static boolean isInside(InetAddress address) {
        return address instanceof Inet4Address && INSIDE.stream().anyMatch(range -> range.holds(address.getAddress()));
    }

    /** Where a translator would carry it on to. */
    private static InetAddress translated(InetAddress address) {
        var bytes = address.getAddress();
        if (!Arrays.equals(bytes, 0, Math.min(bytes.length, TRANSLATED.length), TRANSLATED, 0, TRANSLATED.length)) {
            return address;
        }
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, TRANSLATED.length, bytes.length));
        } catch (UnknownHostException fourBytesAreAnAddress) {
            throw new IllegalStateException(fourBytesAreAnAddress);
        }
    }

    /** fc00::/7, the private addresses of IPv6; Java's site-local means the older fec0::/10. */
    private static boolean isUniqueLocal(InetAddress address) {
        return address instanceof Inet6Address && (address.getAddress()[0] & 0xFE) == 0xFC;
    }
}
