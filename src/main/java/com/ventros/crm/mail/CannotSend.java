package com.ventros.crm.mail;

/** A letter could not be sent. */
final class CannotSend extends Exception {

    private final boolean forGood;

    /** @param forGood whether trying again is of no use: the server does not know the address */
    CannotSend(String reason, boolean forGood) {
        super(reason);
        this.forGood = forGood;
    }

    boolean isForGood() {
        return forGood;
    }
}
