package com.ventros.crm.tracking;

import com.ventros.crm.channels.ChannelConnections;
import com.ventros.crm.channels.ChannelFacts;
import com.ventros.crm.channels.EndpointAddress;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.tenancy.Tenancy;
import com.ventros.crm.tracking.TrackingLink.Wording;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes tracking links, changes them and puts them away. */
@Component
public class KeepTrackingLinks {

    /** As somebody types the words. */
    public record TypedUtm(String source, Optional<String> medium, Optional<String> campaign, Optional<String> term, Optional<String> content) {

        private Utm read() {
            return Utm.typed(source, medium, campaign, term, content);
        }
    }

    public record New(String name, ChannelId channel, String text, TypedUtm utm) {}

    /** What to change; what is empty stays. The five words are given together. */
    public record Change(Optional<String> name, Optional<ChannelId> channel, Optional<String> text, Optional<TypedUtm> utm,
            Optional<Boolean> archived) {}

    /** More than a company can look through; each is a row in a report. */
    private static final int MOST = 10_000;

    private final TrackingLinks links;
    private final ChannelFacts channels;
    private final ChannelConnections connections;

    KeepTrackingLinks(TrackingLinks links, ChannelFacts channels, ChannelConnections connections) {
        this.links = links;
        this.channels = channels;
        this.connections = connections;
    }

    @Transactional
    public TrackingLinkId make(New wanted) {
        var project = project(wanted.channel());
        if (links.count(project) >= MOST) throw Refusal.conflict("tracking_links_too_many", "There are at most " + MOST + " of them.");
        var wording = new Wording(wanted.name(), wanted.channel(), wanted.text(), wanted.utm().read());
        while (true) { // of a million million codes few are taken
            var link = TrackingLink.make(project, LinkCode.random(), wording, now());
            if (links.add(link)) return link.id;
        }
    }

    /** {@code version} refuses unless it is the one that the person had before their eyes. */
    @Transactional
    public void change(TrackingLinkId id, Change wanted, LongConsumer version) {
        var link = links.findForUpdate(id).orElseThrow(() -> Refusal.notFound("tracking_link"));
        version.accept(link.storedVersion);
        var old = link.wording();
        wanted.channel().filter(channel -> !project(channel).equals(link.project)).ifPresent(_ -> {
            throw Refusal.invalid("channelId", "other_project", "A link stays in its project.");
        });
        var next = new Wording(wanted.name().orElse(old.name()), wanted.channel().orElse(old.channel()), wanted.text().orElse(old.text()),
                wanted.utm().map(TypedUtm::read).orElse(old.utm()));
        if (link.change(next, wanted.archived().orElse(link.archivedAt().isPresent()), now())) links.save(link, now());
    }

    /** Refused once somebody opened it: its figures would be gone, and whoever finds it printed. */
    @Transactional
    public void delete(TrackingLinkId id) {
        var link = links.findForUpdate(id).orElseThrow(() -> Refusal.notFound("tracking_link"));
        if (links.isUsed(id)) {
            throw Refusal.conflict("tracking_link_used", "People have opened this link; archive it.");
        }
        link.delete();
        links.delete(link, now());
    }

    /** Of a channel that a link can lead to. */
    private ProjectId project(ChannelId channel) {
        if (connections.type(Tenancy.current(), channel).filter(EndpointAddress.TYPE::equals).isPresent()) {
            throw Refusal.invalid("channelId", "channel_without_whatsapp", "A link leads to a WhatsApp chat, and this channel has none.");
        }
        return Optional.ofNullable(channels.of(List.of(channel)).get(channel)).map(ChannelFacts.Facts::project)
                .orElseThrow(() -> Refusal.invalid("channelId", "unknown", "There is no such channel."));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
