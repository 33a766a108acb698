package com.ventros.crm.conversations;

import com.ventros.crm.conversations.MessageContent.Card;
import com.ventros.crm.conversations.MessageContent.Location;
import com.ventros.crm.conversations.MessageContent.Media;
import com.ventros.crm.conversations.MessageContent.MediaState;
import com.ventros.crm.conversations.MessageContent.Poll;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import com.ventros.crm.media.FileName;
import com.ventros.crm.media.MediaFile;
import com.ventros.crm.media.MediaId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What somebody here wants to say: it refuses what WhatsApp would refuse, or show as something else. */
public final class Outgoing {

    /** Somebody whose card is passed on. */
    public record Person(String name, PhoneNumber phone, Optional<String> organization) {}

    /** WhatsApp takes longer ones and then cuts them in the display. */
    public static final int MAX_TEXT = 4096;
    /** A line of the display; names of places, people and companies are shorter. */
    public static final int MAX_NAME = 200;
    /** WhatsApp takes 257 cards; nobody reads more than a screen of them. */
    public static final int MAX_CARDS = 20;
    /** WhatsApp's own limits of polls. */
    public static final int MAX_QUESTION = 255;
    public static final int MIN_OPTIONS = 2;
    public static final int MAX_OPTIONS = 12;
    public static final int MAX_OPTION = 100;
    public static final int MAX_CAPTION = 1024;
    /** What customers read, who are Brazilians more often than not. */
    private static final String DOCUMENT = "documento";
    /** What WhatsApp shows as a picture, film or sound, by the beginnings of types; it takes any file as a document. */
    private static final Map<MessageType, List<String>> SHOWN_AS = Map.of(
            MessageType.IMAGE, List.of("image/jpeg", "image/png"), MessageType.VIDEO, List.of("video/mp4", "video/3gpp"),
            MessageType.VOICE, List.of("audio/"), MessageType.AUDIO, List.of("audio/"), MessageType.DOCUMENT, List.of(""));
    private static final double MOST_NORTHERN = 90;
    private static final double MOST_EASTERN = 180;

    final MessageContent content;
    final Optional<MediaId> file;

    /** What was said once already, and checked then. */
    Outgoing(MessageContent content, Optional<MediaId> file) {
        this.content = content;
        this.file = file;
    }

    private Outgoing(MessageContent content) {
        this(content, Optional.empty());
    }

    public static Outgoing text(String text) {
        return new Outgoing(MessageContent.ofText(words("text", text, MAX_TEXT)));
    }

    /** A file as what it is to be shown: a picture, a film, a voice note, sound or a document. */
    public static Outgoing file(MessageType as, MediaFile file, Optional<String> caption, Optional<String> name) {
        var field = as.name().toLowerCase(Locale.ROOT);
        mustShow(as, file, field + ".fileId");
        var said = caption.map(text -> words(field + ".caption", text, MAX_CAPTION));
        var media = new Media(MediaState.AVAILABLE, Optional.empty(), Optional.of(file.mimeType()),
                name.map(FileName::clean).or(() -> nameless(as, file)), Optional.of(file.bytes()), Optional.empty());
        return new Outgoing(MessageContent.ofFile(as, media, said), Optional.of(file.id()));
    }

    /** WhatsApp shows a document by its name alone; files are kept without one. */
    private static Optional<String> nameless(MessageType as, MediaFile file) {
        return as == MessageType.DOCUMENT ? Optional.of(FileName.of(DOCUMENT, file.mimeType())) : Optional.empty();
    }

    /** Refused, at that field, when the file is not what it is to be shown as. */
    public static void mustShow(MessageType as, MediaFile file, String field) {
        var types = SHOWN_AS.get(as);
        if (types == null) throw new IllegalArgumentException("no file is sent as " + as);
        if (types.stream().noneMatch(file.mimeType()::startsWith)) {
            throw Refusal.invalid(field, "wrong_type", "The file is " + file.mimeType() + "; send it as a document.");
        }
    }

    /** A place by its WGS 84 degrees; a pin without a name has none. */
    public static Outgoing location(double latitude, double longitude, Optional<String> name) {
        degrees("location.latitude", latitude, MOST_NORTHERN);
        degrees("location.longitude", longitude, MOST_EASTERN);
        return new Outgoing(MessageContent.of(MessageType.LOCATION, Optional.empty(), Optional.of(new Location(latitude,
                longitude, name.map(text -> words("location.name", text, MAX_NAME)), Optional.empty(), Optional.empty())),
                List.of(), Optional.empty()));
    }

    public static Outgoing contacts(List<Person> people) {
        if (people.isEmpty() || people.size() > MAX_CARDS) {
            throw Refusal.invalid("contacts", "length", "A message has 1 to " + MAX_CARDS + " contacts.");
        }
        var cards = IntStream.range(0, people.size()).mapToObj(n -> card("contacts[" + n + "]", people.get(n))).toList();
        return new Outgoing(MessageContent.of(MessageType.CONTACTS, Optional.empty(), Optional.empty(), cards,
                Optional.empty()));
    }

    /** A question; answers that look alike could not be told apart in the votes. */
    public static Outgoing poll(String question, List<String> options, boolean multipleAnswers) {
        var asked = words("poll.question", question, MAX_QUESTION);
        if (options.size() < MIN_OPTIONS || options.size() > MAX_OPTIONS) {
            throw Refusal.invalid("poll.options", "length",
                    "A poll has " + MIN_OPTIONS + " to " + MAX_OPTIONS + " options.");
        }
        var offered = IntStream.range(0, options.size())
                .mapToObj(n -> words("poll.options[" + n + "]", options.get(n), MAX_OPTION).strip()).toList();
        if (new HashSet<>(offered).size() < offered.size()) {
            throw Refusal.invalid("poll.options", "repeated", "Each option is there once.");
        }
        return new Outgoing(MessageContent.of(MessageType.POLL, Optional.empty(), Optional.empty(), List.of(),
                Optional.of(new Poll(asked, offered, multipleAnswers))));
    }

    /** Whether WhatsApp lets it answer a message. */
    boolean mayAnswer() {
        return content.type() != MessageType.POLL && content.type() != MessageType.CONTACTS;
    }

    /** A text with something to read in it. */
    static String words(String field, String text, int most) {
        var words = Text.storable(text);
        if (Text.isInvisible(words) || words.codePointCount(0, words.length()) > most) {
            throw Refusal.invalid(field, "length", "It has 1 to " + most + " characters.");
        }
        return words;
    }

    private static void degrees(String field, double value, double most) {
        if (!(Math.abs(value) <= most)) {
            throw Refusal.invalid(field, "range", "Degrees from -%.0f to %.0f.".formatted(most, most));
        }
    }

    /** A vCard as WhatsApp writes them: with {@code waid} the card's button opens the chat. */
    private static Card card(String field, Person person) {
        var name = line(field + ".name", person.name());
        var vcard = new StringBuilder("BEGIN:VCARD\nVERSION:3.0\n")
                .append("N:;").append(escaped(name)).append(";;;\n").append("FN:").append(escaped(name)).append('\n');
        person.organization().map(text -> line(field + ".organization", text))
                .ifPresent(text -> vcard.append("ORG:").append(escaped(text)).append('\n'));
        return new Card(name, vcard.append("TEL;type=CELL;waid=").append(person.phone().e164().substring(1)).append(':')
                .append(person.phone().e164()).append("\nEND:VCARD").toString());
    }

    /** A line break would begin another property of the card. */
    private static String line(String field, String text) {
        var words = words(field, text, MAX_NAME);
        if (words.codePoints().anyMatch(Character::isISOControl)) {
            throw Refusal.invalid(field, "control_character", "One line without control characters.");
        }
        return words;
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;");
    }
}
