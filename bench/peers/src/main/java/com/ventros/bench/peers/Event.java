package com.ventros.bench.peers;

import java.nio.charset.StandardCharsets;

/**
 * What every contestant carries: 1 KB as JSON.
 *
 * @param key    events of one key keep their order
 * @param number which of the run's events it is
 * @param text   fills it up
 */
public record Event(String key, int number, String text) {

    private static final int SIZE = 1_024;
    private static final byte[] NUMBER = "\"number\":".getBytes(StandardCharsets.US_ASCII);
    private static final String FILLER = "the quick brown fox jumps over the lazy dog ".repeat(SIZE / 40);

    public static Event of(String key, int number) {
        int rest = SIZE - new Event(key, number, "").json().length();
        return new Event(key, number, FILLER.substring(0, rest));
    }

    public String json() {
        return "{\"key\":\"" + key + "\",\"number\":" + number + ",\"text\":\"" + text + "\"}";
    }

    /** Finds the number in a body, whatever is around the event, and reads nothing else: the consumer is to be cheap. */
    public static int number(byte[] body) {
        for (int i = 0; i < body.length - NUMBER.length; i++) {
            int same = 0;
            while (same < NUMBER.length && body[i + same] == NUMBER[same]) same++;
            if (same < NUMBER.length) continue;
            int number = 0;
            for (int at = i + same; body[at] >= '0' && body[at] <= '9'; at++) number = number * 10 + body[at] - '0';
            return number;
        }
        throw new IllegalArgumentException("no event: " + new String(body, StandardCharsets.UTF_8));
    }
}
