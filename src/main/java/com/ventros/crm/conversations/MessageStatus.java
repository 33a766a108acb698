package com.ventros.crm.conversations;

/** Where a message stands. */
public enum MessageStatus {
    /** From the customer. */
    RECEIVED,
    /** Waiting for its turn to be sent. */
    QUEUED,
    /** On its way to the provider. */
    SENDING,
    /** The provider has it. */
    SENT, DELIVERED, READ, PLAYED,
    /** Certainly not delivered. */
    FAILED,
    /** It may have been delivered or not; it is not sent again. */
    UNKNOWN
}
