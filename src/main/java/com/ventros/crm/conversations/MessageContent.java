package com.ventros.crm.conversations;

import com.ventros.crm.kernel.Text;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a message says, in our words.
 *
 * @param type     kind of message
 * @param text     text or caption, character for character; empty when there is none. For a button or list reply the
 *                 chosen label
 * @param media    the file it carries, if any
 * @param location the place it shows, if any
 * @param cards    contact cards it carries
 * @param poll     the question it asks, if any
 * @param choice   id of the button or list row that was chosen, if any
 * @param viewOnce whether it may be looked at only once
 */
public record MessageContent(
        MessageType type,
        Optional<String> text,
        Optional<Media> media,
        Optional<Location> location,
        List<Card> cards,
        Optional<Poll> poll,
        Optional<String> choice,
        boolean viewOnce) {

    /** Where the file of a message stands. */
    public enum MediaState {
        /** The channel has the file at {@link Media#url()}. */
        AVAILABLE,
        /** The channel tried to get the file and could not. */
        FAILED,
        /** The channel does not have the file and did not try. */
        ABSENT
    }

    /**
     * A file.
     *
     * @param url             address as the channel gave it; data from outside, never to be fetched unchecked
     * @param mimeType        as the channel gave it, may carry parameters ({@code audio/ogg; codecs=opus})
     * @param fileName        the sender's choice; not to be trusted as a path
     * @param bytes           size, if told
     * @param durationSeconds length of sound or film, if told
     */
    public record Media(
            MediaState state,
            Optional<URI> url,
            Optional<String> mimeType,
            Optional<String> fileName,
            Optional<Long> bytes,
            Optional<Integer> durationSeconds) {}

    /** A place: WGS 84 degrees, and what the sender called it. */
    public record Location(
            double latitude, double longitude, Optional<String> name, Optional<String> address, Optional<String> url) {}

    /** A contact card: the name shown and the vCard text. */
    public record Card(String name, String vcard) {}

    /** A question with the answers to choose from. */
    public record Poll(String question, List<String> options, boolean multipleAnswers) {}

    /** A message that is nothing but text. */
    public static MessageContent ofText(String text) {
        return of(MessageType.TEXT, Optional.of(text), Optional.empty(), List.of(), Optional.empty());
    }

    /** A file with what is said about it. */
    static MessageContent ofFile(MessageType type, Media media, Optional<String> caption) {
        return new MessageContent(type, caption, Optional.of(media), Optional.empty(), List.of(), Optional.empty(),
                Optional.empty(), false);
    }

    /** A message without a file. */
    static MessageContent of(MessageType type, Optional<String> text, Optional<Location> location, List<Card> cards,
            Optional<Poll> poll) {
        return new MessageContent(type, text, Optional.empty(), location, cards, poll, Optional.empty(), false);
    }

    /**
     * What is surely the same in its echo and in the channel's history: by it a message of ours is recognised whose id
     * nobody knows. Engines round degrees and spell cards anew, each in its own way.
     */
    public String gist() {
        var rest = switch (type) {
            case LOCATION -> location.map(place -> String.format(Locale.ROOT, "%.4f,%.4f", place.latitude(),
                    place.longitude())).orElse("");
            case CONTACTS -> cards.stream().map(Card::name).collect(Collectors.joining("\n"));
            case POLL -> poll.map(asked -> asked.question() + "\n" + String.join("\n", asked.options())).orElse("");
            default -> text.orElse("");
        };
        // WhatsApp knows no way to send sound but as a voice note or as a file.
        var kind = type == MessageType.AUDIO ? MessageType.DOCUMENT : type;
        return Text.storable(type == MessageType.TEXT ? rest : "[" + kind + "] " + rest);
    }
}
