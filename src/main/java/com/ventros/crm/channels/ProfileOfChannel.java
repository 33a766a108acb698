package com.ventros.crm.channels;

import com.ventros.crm.conversations.ChannelProfiles;
import com.ventros.crm.conversations.ChannelProfiles.ChannelProfile;
import org.springframework.stereotype.Component;

/** Tells conversations what they must know of a channel, in the transaction that changes it. */
@Component
class ProfileOfChannel {

    private final ChannelProfiles profiles;

    ProfileOfChannel(ChannelProfiles profiles) {
        this.profiles = profiles;
    }

    void tell(Channel channel) {
        profiles.save(new ChannelProfile(channel.id, channel.project, channel.name(), channel.settings().sessionTimeoutMinutes()));
    }
}
