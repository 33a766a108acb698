package com.ventros.crm.channels.waha;

import com.ventros.crm.channels.Provider;
import com.ventros.crm.channels.WahaAddress;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.conversations.DirectChats.Place;
import com.ventros.crm.conversations.FetchMedia.Wanted;
import com.ventros.crm.conversations.ReadMessages.Read;
import com.ventros.crm.conversations.SendIntents.Claimed;
import com.ventros.crm.conversations.SendIntents.Unsettled;
import com.ventros.crm.conversations.SendOutcome;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** WhatsApp through a WAHA server. */
@Component
class WahaProvider implements Provider {

    private final WahaSending sending;
    private final WahaMedia media;
    private final ChannelProbe probe;
    private final WahaManners manners;
    private final WahaLabels labels;

    WahaProvider(WahaSending sending, WahaMedia media, ChannelProbe probe, WahaManners manners, WahaLabels labels) {
        this.manners = manners;
        this.labels = labels;
        this.sending = sending;
        this.media = media;
        this.probe = probe;
    }

    @Override
    public String type() {
        return WahaAddress.TYPE;
    }

    @Override
    public SendOutcome send(Claimed claimed) {
        return sending.send(claimed);
    }

    @Override
    public Optional<SendOutcome> settle(Unsettled unsettled, Instant now) {
        return sending.settle(unsettled, now);
    }

    @Override
    public Fetched fetch(Wanted wanted) throws IOException {
        return media.fetch(wanted);
    }

    @Override
    public boolean seen(Read read) {
        return manners.seen(read);
    }

    @Override
    public void watch(Place place) {
        manners.watch(place);
    }

    @Override
    public void typing(Place place, boolean typing) {
        manners.typing(place, typing);
    }

    @Override
    public void catchUp(ChannelId channel) {
        labels.learn(channel);
    }

    @Override
    public void look(ChannelId channel) {
        probe.look(channel);
    }
}
