package com.ventros.crm.channels.waha.simulator;

import java.time.Duration;
import java.util.Optional;

/**
 * How fast the simulated world moves. Each time is a middle: what happens takes half to one and a half of it.
 *
 * @param starting   from {@code STARTING} to the next status
 * @param toServer   from a send to its {@code SERVER} tick
 * @param toDevice   from there to {@code DEVICE}
 * @param toRead     from there until the customer reads by himself; empty when he reads only when told
 * @param scansAfter how long a QR code is shown until the shop's phone scans it; empty when nobody scans by himself
 */
public record Pace(
        Duration starting,
        Duration toServer,
        Duration toDevice,
        Optional<Duration> toRead,
        Optional<Duration> scansAfter) {

    /** Nothing takes time, and nobody reads or scans unless told: for tests. */
    public static Pace immediate() {
        return new Pace(Duration.ZERO, Duration.ZERO, Duration.ZERO, Optional.empty(), Optional.empty());
    }

    /** As people and telephones are: for the demonstration. */
    public static Pace human() {
        return new Pace(
                Duration.ofMillis(800),
                Duration.ofMillis(250),
                Duration.ofMillis(900),
                Optional.of(Duration.ofSeconds(5)),
                Optional.of(Duration.ofSeconds(6)));
    }

    public Pace readingAfter(Duration toRead) {
        return new Pace(starting, toServer, toDevice, Optional.of(toRead), scansAfter);
    }

    public Pace scanningAfter(Duration scansAfter) {
        return new Pace(starting, toServer, toDevice, toRead, Optional.of(scansAfter));
    }
}
