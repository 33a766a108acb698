package com.ventros.crm.channels;

import com.ventros.crm.kernel.Refusal;
import java.util.Optional;
import java.util.UUID;

/**
 * What an administrator decides about a channel besides how it is reached.
 *
 * @param sessionTimeoutMinutes silence that ends a session; empty: as the project says
 * @param groups                whether what is said in groups is taken in
 * @param statusPosts           whether the posts that people show all who have their number are taken in, as if they were written to us
 * @param defaultPipeline       which pipeline somebody enters who is met here for the first time
 * @param readReceipts          whether customers are shown that we have read what they wrote
 */
public record ChannelSettings(Optional<Integer> sessionTimeoutMinutes, boolean groups, boolean statusPosts,
        Optional<UUID> defaultPipeline, boolean readReceipts) {

    private static final int LONGEST_TIMEOUT_MINUTES = 30 * 24 * 60;

    /** What holds until somebody decides otherwise. */
    public static final ChannelSettings USUAL = new ChannelSettings(Optional.empty(), true, false, Optional.empty(), true);

    public ChannelSettings {
        if (sessionTimeoutMinutes.filter(m -> m < 1 || m > LONGEST_TIMEOUT_MINUTES).isPresent()) {
            throw Refusal.invalid("sessionTimeoutMinutes", "out_of_range",
                    "A conversation ends after 1 minute to 30 days of silence.");
        }
    }
}
