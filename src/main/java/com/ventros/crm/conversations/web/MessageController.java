package com.ventros.crm.conversations.web;

import com.ventros.crm.conversations.ActOnMessage;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.conversations.ChatId;
import com.ventros.crm.conversations.ConversationView;
import com.ventros.crm.conversations.MessageId;
import com.ventros.crm.conversations.MessageType;
import com.ventros.crm.conversations.Outgoing;
import com.ventros.crm.conversations.SendMessage;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Principal;
import com.ventros.crm.http.Requires;
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
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Single messages, writing them, and what can be done to them. */
@RestController
@RequestMapping("/api/v1/messages")
class MessageController {

    /**
     * Exactly one of the contents or acts. A content goes to a chat, or to a channel and a number; an act is about a
     * message that is there.
     */
    record NewMessage(UUID chatId, UUID channelId, @Size(max = 40) String to, UUID replyToMessageId,
            @Size(max = LONGEST) String text, @Valid Place location, @Size(max = Outgoing.MAX_CARDS) List<@NotNull @Valid Person> contacts,
            @Valid Question poll, @Valid Captioned image, @Valid Captioned video, @Valid Sound voice, @Valid Sound audio,
            @Valid Document document, @Valid Reaction reaction, @Valid Edit edit, @Valid Revocation revoke) {

        private Stream<Object> given() {
            return Stream.of(text, location, contacts, poll, image, video, voice, audio, document, reaction, edit, revoke)
                    .filter(Objects::nonNull);
        }

        private boolean isAddressed() {
            return chatId != null || channelId != null || to != null || replyToMessageId != null;
        }
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

    /** In Java's characters, of which an emoji has two or more; the exact limits are those of what is said. */
    private static final int LONGEST = 8192;

    private final ConversationView conversation;
    private final SendMessage sendMessage;
    private final ActOnMessage actOnMessage;
    private final MediaFiles files;

    MessageController(ConversationView conversation, SendMessage sendMessage, ActOnMessage actOnMessage,
            MediaFiles files) {
        this.conversation = conversation;
        this.sendMessage = sendMessage;
        this.actOnMessage = actOnMessage;
        this.files = files;
    }

    /** Shows a message. */
    @Requires(Permission.INBOX_READ)
    @GetMapping("/{id}")
    ConversationView.Shown get(@PathVariable UUID id) {
        return conversation.find(new MessageId(id)).orElseThrow(() -> Refusal.notFound("message"));
    }

    /** Takes a message to send, or something to do to one. The answer says that it is queued; its status, or its actions, tell what becomes of it. */
    @Requires(Permission.MESSAGE_SEND)
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    ConversationView.Shown send(Principal principal, @Valid @RequestBody NewMessage body) {
        if (body.given().count() != 1) {
            throw Refusal.invalid("text", "ambiguous",
                    "Give exactly one of text, location, contacts, poll, image, video, voice, audio, document, reaction, edit"
                            + " and revoke.");
        }
        var act = act(body);
        if (act.isPresent()) {
            if (body.isAddressed()) {
                throw Refusal.invalid("chatId", "ambiguous", "A reaction, edit or revocation names its message only.");
            }
            actOnMessage.handle(new MessageId(act.get().getKey()), act.get().getValue());
            return get(act.get().getKey());
        }
        var user = principal.kind() == Principal.Kind.USER ? Optional.of(principal.id()) : Optional.<UUID>empty();
        var id = sendMessage.handle(new SendMessage.Command(to(body), content(body),
                Optional.ofNullable(body.replyToMessageId()).map(MessageId::new),
                new SendMessage.Author(user, principal.name())));
        return get(id.value());
    }

    private static Optional<Map.Entry<UUID, ActOnMessage.What>> act(NewMessage body) {
        if (body.reaction() != null) {
            return Optional.of(Map.entry(body.reaction().messageId(), new ActOnMessage.What.React(body.reaction().emoji())));
        }
        if (body.edit() != null) {
            return Optional.of(Map.entry(body.edit().messageId(), new ActOnMessage.What.Edit(body.edit().text())));
        }
        return Optional.ofNullable(body.revoke()).map(revoke -> Map.entry(revoke.messageId(), new ActOnMessage.What.Revoke()));
    }

    private Outgoing content(NewMessage body) {
        if (body.location() != null) {
            var place = body.location();
            return Outgoing.location(place.latitude(), place.longitude(), Optional.ofNullable(place.name()));
        }
        if (body.contacts() != null) {
            var people = new ArrayList<Outgoing.Person>();
            for (var person : body.contacts()) {
                people.add(new Outgoing.Person(person.name(), number("contacts[" + people.size() + "].phone", person.phone()),
                        Optional.ofNullable(person.organization())));
            }
            return Outgoing.contacts(people);
        }
        if (body.poll() != null) {
            return Outgoing.poll(body.poll().question(), body.poll().options(), Boolean.TRUE.equals(body.poll().multipleAnswers()));
        }
        if (body.image() != null) return file(MessageType.IMAGE, body.image().fileId(), body.image().caption(), null);
        if (body.video() != null) return file(MessageType.VIDEO, body.video().fileId(), body.video().caption(), null);
        if (body.voice() != null) return file(MessageType.VOICE, body.voice().fileId(), null, null);
        if (body.audio() != null) return file(MessageType.AUDIO, body.audio().fileId(), null, null);
        if (body.document() != null) {
            return file(MessageType.DOCUMENT, body.document().fileId(), body.document().caption(), body.document().fileName());
        }
        return Outgoing.text(body.text());
    }

    private Outgoing file(MessageType as, UUID id, String caption, String name) {
        var file = files.find(new MediaId(id)).orElseThrow(() -> Refusal.invalid(as.name().toLowerCase(Locale.ROOT) + ".fileId",
                "not_found", "There is no such file."));
        return Outgoing.file(as, file, Optional.ofNullable(caption), Optional.ofNullable(name));
    }

    private static SendMessage.To to(NewMessage body) {
        if (body.chatId() != null && body.channelId() == null && body.to() == null) {
            return new SendMessage.To.Chat(new ChatId(body.chatId()));
        }
        if (body.chatId() != null || body.channelId() == null || body.to() == null) {
            throw Refusal.invalid("chatId", "ambiguous", "Give either chatId, or channelId and to.");
        }
        // A region would guess; to whom a message goes is not to be guessed.
        return new SendMessage.To.Phone(new ChannelId(body.channelId()), number("to", body.to()));
    }

    private static PhoneNumber number(String field, String typed) {
        return PhoneNumber.parse(typed, null)
                .orElseThrow(() -> Refusal.invalid(field, "not_a_number", "Write the number with + and country code."));
    }
}
