package com.ventros.crm.channels;

import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.conversations.ChannelProfiles;
import com.ventros.crm.conversations.ChannelProfiles.ChannelProfile;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tells conversations what they must know of a channel, in the transaction that changes it. */
@Component
class ProfileOfChannel {

    private final ChannelFacts facts;
    private final ChannelProfiles profiles;

    ProfileOfChannel(ChannelFacts facts, ChannelProfiles profiles) {
        this.facts = facts;
        this.profiles = profiles;
    }

    void tell(ChannelId id) {
        var channel = facts.of(List.of(id)).get(id);
        profiles.save(new ChannelProfile(id, channel.project(), channel.name(), channel.sessionTimeoutMinutes(),
                channel.region()));
    }
}
