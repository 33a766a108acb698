package com.ventros.crm.channels.waha;

import com.ventros.crm.contacts.Sighting;
import com.ventros.crm.conversations.AdClick;
import com.ventros.crm.conversations.ChatAddress;
import com.ventros.crm.conversations.Incoming;
import com.ventros.crm.conversations.LabelNews;
import com.ventros.crm.conversations.MessageContent;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Writes a translation as one line that a person can hold against the description of a sample. */
final class Readable {

    /** Longer texts are cut, and their length is told instead. */
    private static final int SHOWN = 120;

    private Readable() {}

    static String line(Translation translation) {
        return switch (translation) {
            case Translation.Conversation c -> c.incoming().stream().map(Readable::incoming).collect(Collectors.joining(" & "));
            case Translation.SessionStatus s -> "session %s at=%s%s%s%s".formatted(s.status(), s.at(),
                    s.me().map(me -> " me=" + me.phone() + me.lid().map(lid -> "/" + lid).orElse("")).orElse(""),
                    s.pushName().map(name -> " name=" + quote(name)).orElse(""),
                    s.detail().map(detail -> " detail=" + detail).orElse(""));
            case Translation.Labelling l -> l.news().stream().map(Readable::label).collect(Collectors.joining("; "));
            case Translation.Noted n -> "noted " + quote(n.summary());
            case Translation.Ignored i -> "ignored " + i.reason();
            case Translation.Unknown u -> "unknown " + u.event();
            case Translation.Unreadable u -> "unreadable " + u.code();
        };
    }

    private static String label(LabelNews news) {
        return switch (news) {
            case LabelNews.Described d -> "label " + d.labelId() + " " + quote(d.name()) + d.colour().map(colour -> " " + colour).orElse("");
            case LabelNews.Deleted d -> "label " + d.labelId() + " " + quote(d.name()) + " deleted";
            case LabelNews.OnChat o -> "label " + o.labelId() + (o.put() ? " put on " : " taken off ") + o.chat().address();
        };
    }

    private static String incoming(Incoming incoming) {
        var line = new StringJoiner(" ");
        switch (incoming) {
            case Incoming.Message m -> {
                line.add(m.fromMe() ? m.viaApi() ? "out(api)" : "out" : "in").add(m.externalId());
                content(line, m.content());
                m.author().ifPresent(author -> line.add("author=" + person(author)));
                m.replyTo().ifPresent(reply -> line.add("reply=" + reply.targetId()
                        + reply.quotedText().map(text -> quote(text)).orElse("")));
                if (!m.mentions().isEmpty()) line.add("mentions=" + m.mentions());
                if (m.forwarded()) line.add("forwarded");
                m.ad().ifPresent(ad -> ad(line, ad));
                m.ack().ifPresent(ack -> line.add("ack=" + ack));
            }
            case Incoming.Waiting w -> line.add("waiting").add(w.externalId());
            case Incoming.Edited e -> line.add(e.fromMe() ? "our" : "their").add("edit of").add(e.targetId()).add(quote(e.text()));
            case Incoming.Revoked r -> line.add(r.fromMe() ? "our" : "their").add("deletion of").add(r.targetId());
            case Incoming.Reacted r -> line.add("reaction").add(quote(r.emoji())).add("to").add(r.targetId())
                    .add("by=" + r.reactor().map(Readable::person).orElse("us"));
            case Incoming.Voted v -> line.add("vote").add(v.options().toString()).add("in").add(v.targetId())
                    .add("by=" + v.voter().map(Readable::person).orElse("us")).add(v.readable() ? "" : "unreadable");
            case Incoming.Acknowledged a -> line.add("ack").add(a.level().name()).add("of").add(a.targetId())
                    .add(a.member().map(member -> "member=" + member).orElse(""));
            case Incoming.ReadElsewhere r -> line.add("read elsewhere").add(r.targetId());
            case Incoming.Call c -> line.add("call").add(c.state().name()).add(c.callId()).add(c.video() ? "video" : "voice");
            case Incoming.Presence p -> line.add("presence").add(p.state().name()).add(p.participant());
        }
        return line.add(chat(incoming.chat())).add("at=" + incoming.at()).toString().replaceAll("  +", " ");
    }

    private static void content(StringJoiner line, MessageContent content) {
        line.add(content.type().name());
        content.text().ifPresent(text -> line.add(quote(text)));
        content.choice().ifPresent(choice -> line.add("choice=" + choice));
        content.media().ifPresent(media -> line.add("[" + media.state()
                + opt(" ", media.mimeType()) + media.fileName().map(name -> " " + quote(name)).orElse("")
                + opt(" bytes=", media.bytes()) + opt(" seconds=", media.durationSeconds())
                + media.url().map(url -> " " + url.getScheme() + "://" + url.getAuthority()).orElse("") + "]"));
        content.location().ifPresent(place -> line.add("(" + place.latitude() + "," + place.longitude()
                + place.name().map(name -> " " + quote(name)).orElse("")
                + place.address().map(address -> " " + quote(address)).orElse("") + ")"));
        if (!content.cards().isEmpty()) {
            line.add("cards=" + content.cards().stream().map(MessageContent.Card::name).toList());
        }
        content.poll().ifPresent(poll -> line.add(quote(poll.question()) + poll.options()
                + (poll.multipleAnswers() ? " multiple" : "")));
        if (content.viewOnce()) line.add("once");
    }

    private static void ad(StringJoiner line, AdClick ad) {
        line.add((ad.paid() ? "ad{" : "post{") + opt("clid=", ad.clickId()) + opt(" source=", ad.sourceId())
                + opt(" url=", ad.sourceUrl()) + opt(" app=", ad.app()) + opt(" title=", ad.title())
                + opt(" ref=", ad.ref()) + opt(" media=", ad.mediaType())
                + opt(" from=", ad.conversionSource()) + opt(" entry=", ad.entryPoint()) + "}");
    }

    private static String chat(ChatAddress chat) {
        return chat.kind() == ChatAddress.Kind.GROUP ? "group=" + chat.address()
                : "chat=" + chat.address() + " with " + person(chat.customer().orElseThrow());
    }

    private static String person(Sighting person) {
        return person.phone().map(Object::toString).orElse("") + person.lid().map(lid -> "/" + lid).orElse("")
                + person.pushName().map(name -> quote(name)).orElse("");
    }

    private static String opt(String label, Optional<?> value) {
        return value.map(v -> label + v).orElse("");
    }

    private static String quote(String text) {
        var shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…" + text.length();
        var line = new StringBuilder("\"");
        shown.codePoints().forEach(c -> {
            if (c == '\n') line.append("\\n");
            else if (Character.getType(c) == Character.FORMAT || Character.isISOControl(c)) line.append("\\u{%x}".formatted(c));
            else line.appendCodePoint(c);
        });
        return line.append('"').toString();
    }
}
