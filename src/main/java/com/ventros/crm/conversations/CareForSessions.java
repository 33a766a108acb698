package com.ventros.crm.conversations;

import com.ventros.crm.agents.AgentId;
import com.ventros.crm.agents.AgentView;
import com.ventros.crm.agents.AgentsHere;
import com.ventros.crm.agents.TeamId;
import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.contacts.Tag;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.Codes;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * People say who has a session, how urgent it is, what came of it, and when it is over. {@code version} always refuses
 * unless it is the one that the person had before their eyes.
 */
@Component
public class CareForSessions {

    /** Who is to have a session: an agent, a team, both, or nobody. */
    public record To(Optional<AgentId> agent, Optional<TeamId> team) {
        public static final To NOBODY = new To(Optional.empty(), Optional.empty());
    }

    /** What somebody typed that something is worth. */
    public record Value(Long amount, String currency) {}

    /** A rule gives a session to an agent, or takes it from one who is gone, unless somebody else has it by now, or another team. */
    public record Gift(SessionId session, Optional<AgentId> from, Optional<TeamId> team, Optional<AgentId> to, String how) {}

    /** As long as the column. */
    private static final int LONGEST_NOTE = 2_000;

    private final Chats chats;
    private final Sessions sessions;
    private final SessionTimeouts timeouts;
    private final AgentView agents;
    private final AgentsHere agentsHere;
    private final Outbox outbox;

    CareForSessions(Chats chats, Sessions sessions, SessionTimeouts timeouts, AgentView agents, AgentsHere agentsHere, Outbox outbox) {
        this.chats = chats;
        this.sessions = sessions;
        this.timeouts = timeouts;
        this.agents = agents;
        this.agentsHere = agentsHere;
        this.outbox = outbox;
    }

    @Transactional
    public void assign(SessionId id, To to, Optional<String> note, LongConsumer version) {
        known(to);
        var words = note(note);
        with(id, version, (session, chat) -> session.assign(to.agent(), to.team(), "person", words, now(), place(chat)));
    }

    /** To an agent or to a team, which then has it alone. */
    @Transactional
    public void transfer(SessionId id, To to, Optional<String> note, LongConsumer version) {
        mustBeOne(to);
        known(to);
        var words = note(note);
        with(id, version, (session, chat) -> session.transfer(to.agent(), to.team(), words, now(), place(chat)));
    }

    /**
     * It is more than whoever has it can do. An agent or a team has it alone from then on, and a team in which nobody works is refused:
     * it would lie there. Where {@code priority} is empty it becomes high at least; less urgent it never becomes.
     */
    @Transactional
    public void escalate(SessionId id, Supplier<To> whom, Optional<String> priority, Optional<String> reason, LongConsumer version) {
        var least = priority.map(CareForSessions::priority).orElse(Care.Priority.HIGH);
        var words = note(reason);
        with(id, version, (session, chat) -> {
            session.mustBeOpen();
            var to = whom.get();
            mustBeOne(to);
            known(to);
            if (to.team().filter(team -> !agentsHere.workIn(team)).isPresent()) {
                throw Refusal.conflict("team_empty", "Nobody works in this team.");
            }
            session.escalate(to.agent(), to.team(), least, words, now(), place(chat));
        });
    }

    @Transactional
    public void prioritise(SessionId id, String priority, Optional<String> reason, LongConsumer version) {
        var next = priority(priority);
        var words = note(reason);
        with(id, version, (session, chat) -> session.prioritise(next, words, now(), place(chat)));
    }

    @Transactional
    public void cameTo(SessionId id, Collection<String> outcomes, LongConsumer version) {
        var tags = tags(outcomes);
        with(id, version, (session, chat) -> session.cameTo(tags, now(), place(chat)));
    }

    /** {@code reason} is resolved, or closed for what nobody wants to pursue; outcomes that are empty stay as they are. */
    @Transactional
    public void resolve(SessionId id, String reason, Optional<Collection<String>> outcomes, LongConsumer version) {
        var why = Codes.read("reason", reason, Session.End.RESOLVED, Session.End.CLOSED);
        var tags = outcomes.map(CareForSessions::tags);
        with(id, version, (session, chat) -> {
            tags.ifPresent(said -> session.cameTo(said, now(), place(chat)));
            session.resolve(why, now(), place(chat));
        });
    }

    /** It led to something, perhaps of a value: an amount in the currency's smallest parts. */
    @Transactional
    public void convert(SessionId id, String outcome, Optional<Value> value, LongConsumer version) {
        var tag = Tag.typed("outcome", outcome);
        var worth = value.map(typed -> Care.Worth.typed(typed.amount(), typed.currency()));
        with(id, version, (session, chat) -> session.convert(tag, worth, now(), place(chat)));
    }

    /** It goes on, if nothing has been said in another session since. */
    @Transactional
    public void reopen(SessionId id, LongConsumer version) {
        with(id, version, (session, chat) ->
                session.reopen(sessions.isNewest(session), now(), timeouts.of(chat)));
    }

    /** What rules give, each because of its own cause. Returns how many were given. */
    @Transactional
    public int give(Collection<Gift> gifts, Function<SessionId, Cause> cause) {
        if (gifts.isEmpty()) return 0;
        var ids = gifts.stream().map(Gift::session).toList();
        var locked = new HashMap<ChatId, Chat>();
        chats.lock(List.of(), List.of(), sessions.all(ids).stream().map(Session::chat).toList())
                .forEach(chat -> locked.put(chat.id, chat));
        var now = new HashMap<SessionId, Session>();
        sessions.all(ids).forEach(session -> now.put(session.id, session));
        var given = new ArrayList<Sessions.Saved>();
        for (var gift : gifts) {
            var session = now.get(gift.session());
            if (session == null || !session.isOpen() || !locked.containsKey(session.chat())
                    || !session.care().agent().equals(gift.from()) || !session.care().team().equals(gift.team())) continue;
            var chat = locked.get(session.chat());
            session.assign(gift.to(), gift.team(), gift.how(), Optional.empty(), now(), place(chat));
            given.add(new Sessions.Saved(chat, cause.apply(session.id), List.of(session), List.of()));
        }
        outbox.append(sessions.save(given));
        return given.size();
    }

    private interface What {
        void done(Session session, Chat chat);
    }

    /** The session's chat is locked, so that no message moves it meanwhile. */
    private void with(SessionId id, LongConsumer version, What what) {
        var seen = sessions.find(id).orElseThrow(() -> Refusal.notFound("session"));
        var chat = chats.lock(seen.chat())
                .orElseThrow(() -> new ConcurrencyFailureException("the chat was merged just now"));
        var session = sessions.find(id).orElseThrow(() -> Refusal.notFound("session"));
        version.accept(session.revision());
        what.done(session, chat);
        outbox.append(sessions.save(List.of(new Sessions.Saved(chat, Cause.current(), List.of(session), List.of()))));
    }

    private static void mustBeOne(To to) {
        if (to.agent().isPresent() == to.team().isPresent()) {
            throw Refusal.invalid("agentId", "ambiguous", "Give either agentId or teamId.");
        }
    }

    private void known(To to) {
        to.agent().ifPresent(agentsHere::mustBeHere);
        to.team().ifPresent(id -> {
            var team = agents.team(id).orElseThrow(() -> Refusal.invalid("teamId", "unknown", "There is no such team."));
            if (team.archived()) throw Refusal.conflict("team_archived", "This team takes no sessions any more.");
        });
    }

    static Session.Place place(Chat chat) {
        return new Session.Place(chat.id.value(), chat.contact().map(ContactId::value).orElseThrow(), chat.channel.value());
    }

    static Care.Priority priority(String typed) {
        return Codes.read("priority", typed, Care.Priority.values());
    }

    private static Set<Tag> tags(Collection<String> typed) {
        var tags = new LinkedHashSet<Tag>();
        typed.forEach(word -> tags.add(Tag.typed("outcomes", word)));
        return tags;
    }

    private static Optional<String> note(Optional<String> typed) {
        var note = typed.map(text -> Text.storable(text).strip()).filter(text -> !Text.isInvisible(text));
        if (note.filter(text -> text.codePointCount(0, text.length()) > LONGEST_NOTE).isPresent()) {
            throw Refusal.invalid("note", "length", "At most " + LONGEST_NOTE + " characters.");
        }
        return note;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
