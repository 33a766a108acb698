package com.ventros.crm.tracking;

import com.ventros.crm.Api;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.channels.ChannelStatus;
import com.ventros.crm.channels.RecordChannelStatus;
import com.ventros.crm.channels.TestChannels;
import com.ventros.crm.contacts.Sighting;
import com.ventros.crm.conversations.AdClick;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.conversations.ChatAddress;
import com.ventros.crm.conversations.Incoming;
import com.ventros.crm.conversations.MessageContent;
import com.ventros.crm.conversations.ReceiveMessages;
import com.ventros.crm.conversations.ReceiveMessages.Received;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.tenancy.Tenancy;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A company with a paired number that people find in several ways. */
record Campaign(TestTenant tenant, Api api, Api anybody, ChannelId channel, ReceiveMessages receiveMessages) {

    static final String LINKS = "/api/v1/tracking/links";
    static final PhoneNumber OURS = new PhoneNumber("+5511998000999");
    private static final Cause CAUSE = Cause.outside(new Actor(Actor.Kind.CHANNEL, "test"));

    static Campaign of(TestTenant tenant, int port, RecordChannelStatus statuses, ReceiveMessages receiveMessages) {
        var channel = new ChannelId(TestChannels.of(tenant, port).connect("http://127.0.0.1:9", "loja").id());
        var campaign = new Campaign(tenant, Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant())), Api.anonymous(port), channel, receiveMessages);
        campaign.inside(() -> statuses.handle(new RecordChannelStatus.Command(channel, ChannelStatus.CONNECTED, Instant.now(), Optional.of(OURS),
                Optional.empty(), Optional.empty())));
        return campaign;
    }

    void inside(Runnable work) {
        Tenancy.run(tenant.tenant(), () -> CAUSE.run(work));
    }

    JsonNode link(String name, String source, String campaign, String text) {
        var answer = api.post(LINKS, Map.of("name", name, "channelId", channel.value(), "text", text,
                "utm", Map.of("source", source, "medium", "social", "campaign", campaign)));
        if (answer.status() != 201) throw new AssertionError(answer);
        return answer.json();
    }

    /** Opens a link and reads the text that waits in the chat that it leads to. */
    String open(JsonNode link) {
        var target = URI.create(anybody.get(link.path("path").asString()).header("Location").orElseThrow());
        return query(target).get("text");
    }

    static Map<String, String> query(URI address) {
        var query = new HashMap<String, String>();
        Arrays.stream(address.getRawQuery().split("&")).map(part -> part.split("=", 2))
                .forEach(part -> query.put(part[0], URLDecoder.decode(part[1], StandardCharsets.UTF_8)));
        return query;
    }

    /** What a customer writes, on its way in. */
    static Incoming.Message said(String digits, String id, Instant at, String text, Optional<AdClick> ad) {
        var sighting = new Sighting(PhoneNumber.ofDigits(digits), Optional.empty(), Optional.empty());
        return new Incoming.Message(ChatAddress.direct(digits + "@c.us", sighting), id, at, false, false, Optional.empty(), MessageContent.ofText(text),
                Optional.empty(), List.of(), false, ad, Optional.empty());
    }

    static AdClick ad(String id, String title, Optional<String> clickId) {
        var none = Optional.<String>empty();
        return new AdClick(true, clickId, Optional.of(id), Optional.of("ad"), Optional.of("https://www.instagram.com/p/" + id), Optional.of("instagram"),
                Optional.of(title), none, none, none, none, none, none, none, none, Optional.empty(), none);
    }

    void receive(Incoming... incoming) {
        inside(() -> receiveMessages.handle(Arrays.stream(incoming).map(one -> new Received(channel, tenant.project(), 30, "BR",
                Optional.of(new Incoming.OwnNumber(OURS, Optional.empty())), one, CAUSE)).toList()));
    }

    /** The only contact that has this number. */
    String contact(String digits) {
        return api.get("/api/v1/contacts?q=" + digits).json().path("items").get(0).path("id").asString();
    }
}
