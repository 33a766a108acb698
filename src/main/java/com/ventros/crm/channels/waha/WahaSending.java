package com.ventros.crm.channels.waha;

import com.ventros.crm.channels.ChannelConnections;
import com.ventros.crm.channels.ChannelConnections.Server;
import com.ventros.crm.channels.waha.WahaAnswer.Failed;
import com.ventros.crm.channels.waha.WahaAnswer.Failure;
import com.ventros.crm.channels.waha.WahaAnswer.Ok;
import com.ventros.crm.conversations.SendIntents;
import com.ventros.crm.conversations.SendIntents.Claimed;
import com.ventros.crm.conversations.SendIntents.Quoted;
import com.ventros.crm.conversations.SendIntents.Task;
import com.ventros.crm.conversations.SendIntents.Unsettled;
import com.ventros.crm.conversations.SendOutcome;
import com.ventros.crm.media.MediaFiles;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/**
 * Sends one message through WAHA, or does something to one, and finds out later what became of one whose sending broke off.
 *
 * <p>The request that sends is made once. Everything before it may be repeated; after it only WhatsApp's history or the
 * echo can tell.
 */
@Component
public class WahaSending {

    /** WAHA itself waits up to 15 s for a session before it says "not connected". */
    private static final Duration WHEN_NOT_CONNECTED = Duration.ofSeconds(15);
    private static final Duration WHEN_UNREACHABLE = Duration.ofSeconds(10);
    /** WhatsApp's limits are by the minute. */
    private static final Duration WHEN_TOO_FAST = Duration.ofMinutes(1);
    /** WAHA's clock and ours, and its whole seconds. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);
    /** A request that was sent and is not in the history after that time was not carried out: WAHA's own waits end long before. */
    static final Duration HISTORY_IS_COMPLETE = Duration.ofMinutes(15);
    /** A thousand messages of a chat; where more was said since, the history is not read to its end and proves nothing. */
    private static final int MOST_PAGES = 10;

    private final ChannelConnections connections;
    private final WahaClient waha;
    private final SendIntents intents;
    private final MediaFiles files;

    WahaSending(ChannelConnections connections, WahaClient waha, SendIntents intents, MediaFiles files) {
        this.connections = connections;
        this.waha = waha;
        this.intents = intents;
        this.files = files;
    }

    /** What precedes the request that sends. */
    private sealed interface Step {

        /** Where it goes, with which file, and the id that was told for it. */
        record Ready(Server server, String chat, Optional<Resource> file, Optional<String> id) implements Step {}

        record Over(SendOutcome outcome) implements Step {}
    }

    /** Sends what the bound tenant's channel has claimed. */
    public SendOutcome send(Claimed claimed) {
        return switch (prepare(claimed)) {
            case Step.Over(var outcome) -> outcome;
            case Step.Ready ready -> send(ready, claimed);
        };
    }

    private Step prepare(Claimed claimed) {
        var server = connections.server(Tenancy.current(), claimed.channel());
        if (server.isEmpty()) return new Step.Over(new SendOutcome.Refused("channel_gone", "The channel is gone.", true));
        if (!(claimed.task() instanceof Task.Say)) {
            return new Step.Ready(server.get(), claimed.address().orElseThrow(), Optional.empty(), Optional.empty());
        }
        return claimed.address().map(address -> prepare(server.get(), claimed, address))
                .orElseGet(() -> find(server.get(), claimed));
    }

    /** A number typed by hand is asked for first: a guessed spelling reaches nobody, or somebody else. */
    private Step find(Server server, Claimed claimed) {
        return switch (waha.chatOf(server, claimed.phone().orElseThrow())) {
            case Ok<Optional<String>>(var chat) when chat.isEmpty() ->
                    new Step.Over(new SendOutcome.Refused("not_on_whatsapp", "WhatsApp does not know this number.", true));
            case Ok<Optional<String>>(var chat) -> {
                intents.addressFound(claimed.intent(), chat.get());
                yield prepare(server, claimed, chat.get());
            }
            case Failed<Optional<String>>(var failure) -> new Step.Over(nothingSent(failure));
        };
    }

    private Step prepare(Server server, Claimed claimed, String chat) {
        if (claimed.task() instanceof Task.Say(_, var file, _) && file.isPresent()) {
            // WAHA takes no id for files: their echo is recognised by what they are and say.
            var bytes = files.find(file.get()).map(files::bytes);
            return bytes.<Step>map(here -> new Step.Ready(server, chat, Optional.of(here), Optional.empty()))
                    .orElseGet(() -> new Step.Over(new SendOutcome.Refused("file_missing", "The file is gone.", true)));
        }
        return switch (waha.newMessageId(server)) {
            case Ok<Optional<String>>(var id) -> {
                // Known before it is used: the echo and the acks find their message even if we die in the next line.
                id.ifPresent(known -> intents.preIssue(claimed.intent(), known));
                yield new Step.Ready(server, chat, Optional.empty(), id);
            }
            case Failed<Optional<String>>(var failure) -> new Step.Over(nothingSent(failure));
        };
    }

    private SendOutcome send(Step.Ready ready, Claimed claimed) {
        var answer = switch (claimed.task()) {
            case Task.Say(var content, _, var replyTo) -> waha.send(ready.server(), ready.chat(), content, ready.file(),
                    replyTo.map(quoted -> fullId(ready.chat(), quoted)), ready.id());
            case Task.React(var target, var emoji) -> done(target,
                    waha.react(ready.server(), fullId(ready.chat(), target), emoji));
            case Task.Edit(var target, var text) -> done(target,
                    waha.edit(ready.server(), ready.chat(), fullId(ready.chat(), target), text));
            case Task.Revoke(var target) -> done(target,
                    waha.revoke(ready.server(), ready.chat(), fullId(ready.chat(), target)));
        };
        return switch (answer) {
            case Ok<WahaClient.Message>(var sent) -> new SendOutcome.Sent(sent.externalId(), sent.at());
            case Failed<WahaClient.Message>(Failure.Unknown(var detail)) -> new SendOutcome.Unknown(detail);
            case Failed<WahaClient.Message>(var failure) -> nothingSent(failure);
        };
    }

    /** What is done to a message goes under the message's own id. */
    private static WahaAnswer<WahaClient.Message> done(Quoted target, WahaAnswer<Boolean> answer) {
        return answer.map(_ -> new WahaClient.Message(target.externalId(), Optional.empty(), Instant.now()));
    }

    /** As WAHA names a message: whose it is, where, which, and in a group by whom. */
    static String fullId(String chat, Quoted quoted) {
        return quoted.ours() + "_" + chat + "_" + quoted.externalId() + quoted.author().map(author -> "_" + author).orElse("");
    }

    private static SendOutcome nothingSent(Failure failure) {
        return switch (failure) {
            case Failure.Refused(var code, var detail, var permanent) -> new SendOutcome.Refused(code, detail, permanent);
            case Failure.NotConnected _ -> new SendOutcome.Again(WHEN_NOT_CONNECTED);
            case Failure.RateLimited _ -> new SendOutcome.Again(WHEN_TOO_FAST);
            case Failure.Unreachable _, Failure.Unknown _ -> new SendOutcome.Again(WHEN_UNREACHABLE);
        };
    }

    /** Looks for a message whose sending broke off; empty while nobody can say. */
    public Optional<SendOutcome> settle(Unsettled unsettled, Instant now) {
        var server = connections.server(unsettled.tenant(), unsettled.channel());
        if (server.isEmpty() || unsettled.address().isEmpty()) return Optional.empty();
        var chat = unsettled.address().get();
        var since = unsettled.claimedAt().minus(CLOCK_SKEW);
        boolean complete = now.isAfter(unsettled.claimedAt().plus(HISTORY_IS_COMPLETE));
        for (int page = 0; page < (complete ? MOST_PAGES : 1); page++) {
            if (!(waha.ownMessages(server.get(), chat, since, page) instanceof Ok<Optional<List<WahaClient.Message>>>(var shown))) break;
            if (shown.isEmpty()) {
                return complete && isProof(server.get(), chat, unsettled) ? Optional.of(new SendOutcome.NotInHistory()) : Optional.empty();
            }
            var found = found(unsettled, shown.get().stream().filter(message -> isIt(message, unsettled, since)).toList());
            if (found.isPresent()) return found;
        }
        return Optional.empty();
    }

    /** A phone that was paired anew may show nothing of what was before: then nobody can say what else it leaves out. */
    private boolean isProof(Server server, String chat, Unsettled unsettled) {
        return unsettled.first() || waha.reachesBackTo(server, chat, unsettled.claimedAt()) instanceof Ok<Boolean>(var reaches) && reaches;
    }

    /** What says the same may be another message, sent before or after it. */
    private Optional<SendOutcome> found(Unsettled unsettled, List<WahaClient.Message> alike) {
        var others = intents.ofOtherSends(unsettled, alike.stream().map(WahaClient.Message::externalId).toList());
        return alike.stream().filter(message -> !others.contains(message.externalId())).findFirst()
                .map(message -> new SendOutcome.Sent(message.externalId(), message.at()));
    }

    /** By its id where it was known before; else by what it says, among what was sent since. */
    private static boolean isIt(WahaClient.Message message, Unsettled unsettled, Instant since) {
        return unsettled.externalId().map(message.externalId()::equals)
                .orElseGet(() -> !message.at().isBefore(since)
                        && message.gist().filter(unsettled.gist()::equals).isPresent());
    }
}
