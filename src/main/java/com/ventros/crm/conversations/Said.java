package com.ventros.crm.conversations;

import com.ventros.crm.kernel.Text;
import java.util.List;
import java.util.Optional;

/**
 * What a message says and what it refers to, as it is kept.
 *
 * @param code of the link that a customer came by, which was hidden in the text
 */
record Said(
        MessageType type,
        Optional<String> text,
        Optional<Extras> extras,
        Optional<Incoming.Reply> replyTo,
        boolean forwarded,
        Optional<AdClick> ad,
        Optional<Long> code) {

    /** What a text alone cannot say. */
    record Extras(
            Optional<MessageContent.Media> media,
            Optional<MessageContent.Location> location,
            List<MessageContent.Card> cards,
            Optional<MessageContent.Poll> poll,
            Optional<String> choice,
            boolean viewOnce,
            List<String> mentions) {

        private static Optional<Extras> of(MessageContent content, List<String> mentions) {
            return Optional.of(new Extras(content.media(), content.location(), content.cards(), content.poll(),
                    content.choice(), content.viewOnce(), mentions)).filter(extras -> !extras.isEmpty());
        }

        /** The message's whole content again. */
        static MessageContent content(MessageType type, Optional<String> text, Optional<Extras> extras) {
            return new MessageContent(type, text, extras.flatMap(Extras::media), extras.flatMap(Extras::location),
                    extras.map(Extras::cards).orElse(List.of()), extras.flatMap(Extras::poll),
                    extras.flatMap(Extras::choice), extras.map(Extras::viewOnce).orElse(false));
        }

        private boolean isEmpty() {
            return media.isEmpty() && location.isEmpty() && cards.isEmpty() && poll.isEmpty() && choice.isEmpty()
                    && !viewOnce && mentions.isEmpty();
        }
    }

    static Said of(Incoming.Message message) {
        var content = message.content();
        var text = content.text().map(Text::storable);
        var found = message.fromMe() ? Optional.<InvisibleCode.Found>empty() : text.flatMap(InvisibleCode::find);
        return new Said(content.type(), found.map(InvisibleCode.Found::text).or(() -> text),
                Extras.of(content, message.mentions()),
                message.replyTo().map(reply -> new Incoming.Reply(Text.storable(reply.targetId()),
                        reply.quotedText().map(Text::storable))),
                message.forwarded(), message.fromMe() ? Optional.empty() : message.ad().map(Rows::storable),
                found.map(InvisibleCode.Found::code));
    }

    /** Still to be decrypted. */
    static Said nothingYet() {
        return new Said(MessageType.UNSUPPORTED, Optional.empty(), Optional.empty(), Optional.empty(), false,
                Optional.empty(), Optional.empty());
    }

    /** Written here. */
    static Said written(MessageContent content, Optional<Incoming.Reply> replyTo) {
        return new Said(content.type(), content.text(), Extras.of(content, List.of()), replyTo, false, Optional.empty(),
                Optional.empty());
    }
}
