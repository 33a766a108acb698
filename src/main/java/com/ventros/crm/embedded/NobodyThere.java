package com.ventros.crm.embedded;

/** No program runs an embedded database on the folder. */
public final class NobodyThere extends RuntimeException {
    NobodyThere(String folder) {
        super("no program runs a database in " + folder);
    }
}
