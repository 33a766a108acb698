package com.ventros.crm.events;

/**
 * Who made something happen.
 *
 * @param id the user's, channel's or workflow's id; the part's name for {@link Kind#SYSTEM}
 */
public record Actor(Kind kind, String id) {

    /** What sort of actor it is. */
    public enum Kind { USER, API_KEY, AGENT, CHANNEL, WORKFLOW, SYSTEM }

    public static Actor system(String part) {
        return new Actor(Kind.SYSTEM, part);
    }
}
