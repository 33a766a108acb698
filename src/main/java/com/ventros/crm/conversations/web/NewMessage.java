package com.ventros.crm.conversations.web;

import com.ventros.crm.conversations.ActOnMessage;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.conversations.ChatId;
import com.ventros.crm.conversations.MessageType;
import com.ventros.crm.conversations.Outgoing;
import com.ventros.crm.conversations.SendMessage;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.media.MediaFiles;
import com.ventros.crm.media.MediaId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Exactly one of the contents or acts. A content goes to a chat, or to a channel and a number; an act is about a
 * message that is there.
 */
record NewMessage(UUID chatId, UUID channelId, @Size(max = 40) String to, UUID replyToMessageId,
        @Size(max = LONGEST) String text, @Valid Place location, @Size(max = Outgoing.MAX_CARDS) List<@NotNull @Valid Person> contacts,
        @Valid Question poll, @Valid Captioned image, @Valid Captioned video, @Valid Sound voice, @Valid Sound audio,
        @Valid Document document, @Valid Reaction reaction, @Valid Edit edit, @Valid Revocation revoke) {

    /** In Java's characters, of which an emoji has two or more; the exact limits are those of what is said. */
    private static final int LONGEST = 8192;

    void mustSayOneThing() {
        if (Stream.of(text, location, contacts, poll, image, video, voice, audio, document, reaction, edit, revoke)
                .filter(Objects::nonNull).count() == 1) return;
        throw Refusal.invalid("text", "ambiguous",
                "Give exactly one of text, location, contacts, poll, image, video, voice, audio, document, reaction, edit"
                        + " and revoke.");
    }

    boolean isAddressed() {
        return chatId != null || channelId != null || to != null || replyToMessageId != null;
    }

    record Place(@NotNull Double latitude, @NotNull Double longitude, @Size(max = LONGEST) String name) {}

    record Person(@NotNull @Size(max = LONGEST) String name, @NotNull @Size(max = 40) String phone,
            @Size(max = LONGEST) String organization) {}

    record Question(@NotNull @Size(max = LONGEST) String question,
            @NotNull @Size(max = Outgoing.MAX_OPTIONS) List<@NotNull @Size(max = LONGEST) String> options, Boolean multipleAnswers) {}

    record Captioned(@NotNull UUID fileId, @Size(max = LONGEST) String caption) {}

    record Sound(@NotNull UUID fileId) {}

    record Document(@NotNull UUID fileId, @Size(max = LONGEST) String fileName, @Size(max = LONGEST) String caption) {}

    record Reaction(@NotNull UUID messageId, @NotNull @Size(max = 64) String emoji) {}

    record Edit(@NotNull UUID messageId, @NotNull @Size(max = LONGEST) String text) {}

    record Revocation(@NotNull UUID messageId) {}

    Optional<Map.Entry<UUID, ActOnMessage.What>> act() {
        if (reaction != null) {
            return Optional.of(Map.entry(reaction.messageId(), new ActOnMessage.What.React(reaction.emoji())));
        }
        if (edit != null) {
            return Optional.of(Map.entry(edit.messageId(), new ActOnMessage.What.Edit(edit.text())));
        }
        return Optional.ofNullable(revoke).map(revoke -> Map.entry(revoke.messageId(), new ActOnMessage.What.Revoke()));
    }

    Outgoing content(MediaFiles files) {
        if (location != null) {
            var place = location;
            return Outgoing.location(place.latitude(), place.longitude(), Optional.ofNullable(place.name()));
        }
        if (contacts != null) {
            var people = new ArrayList<Outgoing.Person>();
            for (var person : contacts) {
                people.add(new Outgoing.Person(person.name(), number("contacts[" + people.size() + "].phone", person.phone()),
                        Optional.ofNullable(person.organization())));
            }
            return Outgoing.contacts(people);
        }
        if (poll != null) {
            return Outgoing.poll(poll.question(), poll.options(), Boolean.TRUE.equals(poll.multipleAnswers()));
        }
        if (image != null) return file(files, MessageType.IMAGE, image.fileId(), image.caption(), null);
        if (video != null) return file(files, MessageType.VIDEO, video.fileId(), video.caption(), null);
        if (voice != null) return file(files, MessageType.VOICE, voice.fileId(), null, null);
        if (audio != null) return file(files, MessageType.AUDIO, audio.fileId(), null, null);
        if (document != null) {
            return file(files, MessageType.DOCUMENT, document.fileId(), document.caption(), document.fileName());
        }
        return Outgoing.text(text);
    }

    private static Outgoing file(MediaFiles files, MessageType as, UUID id, String caption, String name) {
        var file = files.find(new MediaId(id)).orElseThrow(() -> Refusal.invalid(as.name().toLowerCase(Locale.ROOT) + ".fileId",
                "not_found", "There is no such file."));
        return Outgoing.file(as, file, Optional.ofNullable(caption), Optional.ofNullable(name));
    }

    SendMessage.To recipient() {
        if (chatId != null && channelId == null && to == null) {
            return new SendMessage.To.Chat(new ChatId(chatId));
        }
        if (chatId != null || channelId == null || to == null) {
            throw Refusal.invalid("chatId", "ambiguous", "Give either chatId, or channelId and to.");
        }
        // A region would guess; to whom a message goes is not to be guessed.
        return new SendMessage.To.Phone(new ChannelId(channelId), number("to", to));
    }

    private static PhoneNumber number(String field, String typed) {
        return PhoneNumber.parse(typed, null)
                .orElseThrow(() -> Refusal.invalid(field, "not_a_number", "Write the number with + and country code."));
    }
}
