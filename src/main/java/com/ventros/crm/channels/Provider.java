package com.ventros.crm.channels;

import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.conversations.DirectChats.Place;
import com.ventros.crm.conversations.FetchMedia.Wanted;
import com.ventros.crm.conversations.ReadMessages.Read;
import com.ventros.crm.conversations.SendIntents.Claimed;
import com.ventros.crm.conversations.SendIntents.Unsettled;
import com.ventros.crm.conversations.SendOutcome;
import com.ventros.crm.media.MediaFile;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** What a channel's provider does for us, for channels of the bound tenant. Which one a channel has is data ({@link Providers}). */
public interface Provider {

    /** What came of one try to get a file. */
    sealed interface Fetched {

        record Here(MediaFile file) implements Fetched {}

        /** @param permanent whether another try is vain */
        record Missing(String code, boolean permanent) implements Fetched {}
    }

    /** As the channel's row names it. */
    String type();

    /**
     * Sends a message, or does something to one. The request that does it is made once, and after it nothing is asked of
     * the database: what fails there has sent nothing.
     */
    SendOutcome send(Claimed claimed);

    /** Finds out what became of a message whose sending broke off; empty while nobody can say. */
    Optional<SendOutcome> settle(Unsettled unsettled, Instant now);

    /** Gets the file of a message that came. */
    Fetched fetch(Wanted wanted) throws IOException;

    /** Shows those who wrote these messages that they were read; nothing depends on it. False when that may work in a while. */
    boolean seen(Read read);

    /** Asks to be told whether the other side of a chat is typing; nothing depends on it. */
    void watch(Place place);

    /** Shows the other side of a chat that somebody here is writing to it, or has stopped; nothing depends on it. */
    void typing(Place place, boolean typing);

    /** A channel is connected: learns what it told nobody meanwhile. Throws when that may work in a while. */
    void catchUp(ChannelId channel);

    /** Looks how a channel is and records it; silent when it cannot be told. */
    void look(ChannelId channel);
}
