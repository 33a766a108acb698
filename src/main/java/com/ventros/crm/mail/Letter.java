package com.ventros.crm.mail;

import com.ventros.crm.kernel.EmailAddress;

/** A letter as it is sent, in plain text. */
public record Letter(EmailAddress to, String subject, String text) {

    /** Its link is a secret. */
    @Override
    public String toString() {
        return "Letter[" + subject + "]";
    }
}
