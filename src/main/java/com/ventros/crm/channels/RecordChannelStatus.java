package com.ventros.crm.channels;

import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.kernel.PhoneNumber;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The provider reports a channel's state. */
@Component
public class RecordChannelStatus {

    /**
     * @param at     the provider's time; an older report than the last one changes nothing
     * @param phone  number it is paired with, if told
     * @param lid    its private id, if told
     * @param detail what a person needs for pairing, as JSON text, if told
     */
    public record Command(
            ChannelId channel,
            ChannelStatus status,
            Instant at,
            Optional<PhoneNumber> phone,
            Optional<String> lid,
            Optional<String> detail) {}

    private final Channels channels;

    RecordChannelStatus(Channels channels) {
        this.channels = channels;
    }

    /** False when the report is old news, or the channel is gone. */
    @Transactional
    public boolean handle(Command command) {
        var found = channels.lock(command.channel());
        if (found.isEmpty()) return false;
        var channel = found.get();
        var report = new Channel.Report(command.status(), command.at(), command.detail());
        if (!channel.report(report, command.phone().map(phone -> new Channel.Number(phone, command.lid())))) return false;
        channels.saveReport(channel, command.at());
        return true;
    }
}
