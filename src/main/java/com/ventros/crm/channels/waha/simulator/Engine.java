package com.ventros.crm.channels.waha.simulator;

/** The WhatsApp client inside WAHA; ids, bodies and answers are shaped by it. */
public enum Engine {
    /** whatsmeow, Go. */
    GOWS,
    /** Baileys, Node. */
    NOWEB,
    /** A browser. */
    WEBJS;

    /** Whether a message's id can be asked for before the message is sent. */
    boolean issuesIds() {
        return this != WEBJS;
    }

    /** Whether {@code chats/all/messages} searches every chat. */
    boolean searchesAllChats() {
        return this != WEBJS;
    }

    /** Whether events tell of labels. */
    boolean tellsLabels() {
        return this != WEBJS;
    }

    /** Whether events and {@code me} carry both the phone and the private id (LID) of a person. */
    boolean tellsBothAddresses() {
        return this != WEBJS;
    }
}
