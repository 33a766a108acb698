package com.ventros.crm.channels;

/** Whether messages can go through a channel, and if not, what stands in the way; in the order in which a channel comes to them. */
public enum ChannelStatus {
    /** Nothing was heard of it yet. */
    NEW,
    STARTING,
    /** Somebody has to pair it: scan a code, confirm a key. */
    PAIRING,
    /** The only state in which anything can be sent. */
    CONNECTED,
    /** It does not go on by itself: logged out by the phone, pairing not done, crash. */
    FAILED,
    STOPPED
}
