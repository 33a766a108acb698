package com.ventros.crm.conversations;

/** How far an outgoing message has come, as the channel reports it. */
public enum AckLevel {
    ERROR, PENDING, SERVER, DEVICE, READ, PLAYED
}
