package com.ventros.crm.events;

/** What it means for a consumer that events of the past are delivered to it once more, on purpose. */
public sealed interface OnReplay {

    /** Its effects must not happen again; the reason is told to whoever tries. */
    record Refuse(String reason) implements OnReplay {}

    /** Its effects may happen again: they find what they did before, or repetition is what one wants. */
    record Repeat() implements OnReplay {}

    /**
     * It keeps a read model, which a replay of everything builds anew beside the live one.
     *
     * @param table where the rows are kept; its column {@code generation} is a part of the key ({@link ReadModels})
     */
    record Rebuild(String table) implements OnReplay {
        public Rebuild {
            if (!table.matches("[a-z_]+")) throw new IllegalArgumentException(table + " is no name of a table");
        }
    }
}
