package com.ventros.crm.mail;

import java.util.Locale;

/** What letters are written in. */
public enum Language {
    PT, EN;

    /** What somebody reads who speaks this; Portuguese unless it is English. */
    public static Language of(Locale spoken) {
        return spoken.getLanguage().equals("en") ? EN : PT;
    }
}
