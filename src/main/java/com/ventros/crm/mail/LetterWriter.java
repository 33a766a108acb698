package com.ventros.crm.mail;

import java.util.Optional;
import java.util.UUID;

/** Writes letters of one kind, each time one is about to be sent: what is secret in it lies nowhere before. */
public interface LetterWriter {

    /** Which letters it writes, for instance {@code INVITATION}. */
    String kind();

    /** The letter, in a transaction of the bound tenant; empty when nobody needs it any more. */
    Optional<Letter> write(UUID about, Language language);

    /** The mail server took it. */
    void taken(UUID about);

    /** It was given up; the reason is for people. */
    void givenUp(UUID about, String reason);
}
