package com.ventros.crm.channels.waha.simulator;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What somebody says in one message. */
public sealed interface Content {

    /** Written words. */
    record Text(String text) implements Content {}

    /**
     * A file of some kind.
     *
     * @param caption  {@code ""} without one
     * @param fileName as the sender calls it; only documents have one
     * @param seconds  how long it plays; 0 for what does not
     * @param file     its bytes; without them they are drawn from the message's id
     */
    record Media(Kind kind, String caption, Optional<String> fileName, int seconds, Optional<byte[]> file) implements Content {

        /** The bytes that were sent; else some that are drawn for the message. */
        byte[] bytes(String messageId) {
            return file.orElseGet(() -> MediaFiles.bytes(kind, messageId));
        }
    }

    /** A place; {@code name} and {@code address} are {@code ""} for a bare pin. */
    record Location(double latitude, double longitude, String name, String address) implements Content {}

    /** Contact cards, one at least. */
    record Cards(List<Card> cards) implements Content {}

    /** Somebody's contact card. */
    record Card(String name, String vcard) {}

    /** A question with answers to choose from. */
    record Poll(String question, List<String> options, boolean multipleAnswers) implements Content {}

    /** The kinds of files; the names are those of the engines. */
    enum Kind {
        IMAGE("image/jpeg", "jpeg", "imageMessage", "image", "image"),
        VIDEO("video/mp4", "mp4", "videoMessage", "video", "video"),
        VOICE("audio/ogg; codecs=opus", "oga", "audioMessage", "ptt", "ptt"),
        DOCUMENT("application/pdf", "pdf", "documentMessage", "document", "document"),
        STICKER("image/webp", "webp", "stickerMessage", "sticker", "sticker");

        final String mimeType;
        final String extension;
        /** The main field of the message on GOWS and NOWEB. */
        final String field;
        /** {@code Info.MediaType} on GOWS. */
        final String gowsType;
        /** {@code _data.type} on WEBJS. */
        final String webjsType;

        Kind(String mimeType, String extension, String field, String gowsType, String webjsType) {
            this.mimeType = mimeType;
            this.extension = extension;
            this.field = field;
            this.gowsType = gowsType;
            this.webjsType = webjsType;
        }
    }

    static Content text(String text) {
        return new Text(text);
    }

    static Content photo(String caption) {
        return new Media(Kind.IMAGE, caption, Optional.empty(), 0, Optional.empty());
    }

    static Content video(String caption, int seconds) {
        return new Media(Kind.VIDEO, caption, Optional.empty(), seconds, Optional.empty());
    }

    static Content voice(int seconds) {
        return new Media(Kind.VOICE, "", Optional.empty(), seconds, Optional.empty());
    }

    static Content document(String fileName, String caption) {
        return new Media(Kind.DOCUMENT, caption, Optional.of(fileName), 0, Optional.empty());
    }

    static Content card(String name, String phoneDigits) {
        return new Cards(List.of(new Card(name, "BEGIN:VCARD\nVERSION:3.0\nN:;" + name + ";;;\nFN:" + name
                + "\nitem1.TEL;waid=" + phoneDigits + ":+" + phoneDigits + "\nitem1.X-ABLabel:Celular\nEND:VCARD")));
    }

    /** A document with bytes of the sender's own choice. */
    static Content document(String fileName, byte[] bytes) {
        return new Media(Kind.DOCUMENT, "", Optional.of(fileName), 0, Optional.of(bytes.clone()));
    }

    static Content sticker() {
        return new Media(Kind.STICKER, "", Optional.empty(), 0, Optional.empty());
    }

    /** The words in it, if any: a text or a caption. */
    default Optional<String> words() {
        return switch (this) {
            case Text text -> Optional.of(text.text());
            case Media media when !media.caption().isEmpty() -> Optional.of(media.caption());
            case Media _, Location _, Cards _, Poll _ -> Optional.empty();
        };
    }

    /** What tells it from others in the ledger: its words, or what stands for them. */
    default String told() {
        return switch (this) {
            case Text text -> text.text();
            case Media media -> media.caption();
            case Location place -> place.latitude() + "," + place.longitude();
            case Cards cards -> cards.cards().stream().map(Card::name).collect(Collectors.joining(", "));
            case Poll poll -> poll.question();
        };
    }

    /** The same content with other words, as after an edit. */
    default Content reworded(String words) {
        return switch (this) {
            case Text _ -> new Text(words);
            case Media media -> new Media(media.kind(), words, media.fileName(), media.seconds(), media.file());
            case Location _, Cards _, Poll _ -> this;
        };
    }
}
