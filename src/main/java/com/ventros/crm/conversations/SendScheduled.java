package com.ventros.crm.conversations;

import com.ventros.crm.contacts.ContactStanding;
import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends what was written for a time that has come. The message is in its chat, and the schedule says so, in one
 * transaction under the row's lock: whoever dies in between has done neither, and of two nodes one finds it done.
 */
@Component
public class SendScheduled {

    private record Due(TenantId tenant, ScheduledMessageId id) {}

    private static final Logger log = LoggerFactory.getLogger(SendScheduled.class);
    /** Taken up at one look; what is left follows at once. */
    private static final int AT_ONCE = 200;
    /** What failed for no reason of its own may go by then; others are not kept waiting by it. */
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(30);
    /** As whatever else is refused because of a deleted contact. */
    private static final String CONTACT_DELETED = "contact_deleted";

    private final JdbcClient system;
    private final TransactionTemplate transaction;
    private final Chats chats;
    private final ScheduledMessages scheduled;
    private final ContactStanding contacts;
    private final SendMessage sendMessage;
    private final Answers answers;

    SendScheduled(@Qualifier("system") JdbcClient system, TransactionTemplate transaction, Chats chats,
            ScheduledMessages scheduled, ContactStanding contacts, SendMessage sendMessage, Answers answers) {
        this.answers = answers;
        this.system = system;
        this.transaction = transaction;
        this.chats = chats;
        this.scheduled = scheduled;
        this.contacts = contacts;
        this.sendMessage = sendMessage;
    }

    /** Across tenants, what has waited longest first (along {@code scheduled_message_due}); returns how many were looked at. */
    public int runOnce(Instant now) {
        var due = due(now);
        due.forEach(one -> Tenancy.run(one.tenant(), () -> take(one.id(), now)));
        return due.size();
    }

    /** Whether there is perhaps more to do than one look takes. */
    public boolean isFull(int looked) {
        return looked == AT_ONCE;
    }

    private List<Due> due(Instant now) {
        return system.sql("""
                select tenant_id, id from scheduled_message where state = 'PENDING' and next_attempt_at <= :now
                 order by next_attempt_at limit :limit
                """).param("now", Rows.utc(now)).param("limit", AT_ONCE)
                .query((row, _) -> new Due(new TenantId(Rows.uuid(row, "tenant_id")), new ScheduledMessageId(Rows.uuid(row, "id"))))
                .list();
    }

    private void take(ScheduledMessageId id, Instant now) {
        var found = transaction.execute(_ -> scheduled.cause(id));
        if (found == null || found.isEmpty()) return;
        var cause = found.get();
        cause.run(() -> {
            try {
                transaction.executeWithoutResult(_ -> send(id, cause, now));
            } catch (Refusal refused) {
                transaction.executeWithoutResult(_ -> fail(id, code(refused), cause, now));
            } catch (RuntimeException failed) {
                log.warn("The scheduled message {} could not be sent; it is tried again", id, failed);
                transaction.executeWithoutResult(_ -> scheduled.postpone(id, now.plus(AGAIN_AFTER)));
            }
        });
    }

    /** The chat is locked first, as everybody does who writes in it; from then on nobody can write in between. */
    private void send(ScheduledMessageId id, Cause cause, Instant now) {
        var chat = scheduled.chat(id);
        var found = chat.flatMap(chats::lock);
        if (chat.isPresent() && found.isEmpty()) return; // it was joined to another just now
        var message = scheduled.findForUpdate(id).filter(one -> one.isDue(now) && one.place.chat().equals(chat));
        if (message.isEmpty()) return;
        var due = message.get();
        if (due.isTooLate(now)) {
            due.miss(now);
        } else if (due.plan().cancelIfCustomerWrites() && scheduled.hasCustomerWritten(id)) {
            due.cancel(ScheduledMessage.Reason.CUSTOMER_WROTE, now);
        } else if (isToSomebodyDeleted(due, found)) {
            due.fail(CONTACT_DELETED, now);
        } else {
            // What it answers may have been deleted meanwhile: the answer is said without showing it again.
            var replyTo = due.plan().replyTo().filter(target -> answers.stands(target, chat.orElseThrow()));
            due.sent(sendMessage.handle(new SendMessage.Command(due.place.to(), due.plan().content(), replyTo, due.author)), now);
        }
        scheduled.save(due, now, cause);
    }

    /** Whoever was deleted would be written to without anybody seeing it, and one with a number would be back. A group has no contact. */
    private boolean isToSomebodyDeleted(ScheduledMessage due, Optional<Chat> chat) {
        return switch (due.place.to()) {
            case SendMessage.To.Chat _ -> chat.flatMap(Chat::contact).filter(contacts::isDeleted).isPresent();
            case SendMessage.To.Phone(_, var phone) -> contacts.isDeleted(due.place.project(), phone);
        };
    }

    private void fail(ScheduledMessageId id, String code, Cause cause, Instant now) {
        scheduled.findForUpdate(id).filter(one -> one.isDue(now)).ifPresent(due -> {
            due.fail(code, now);
            scheduled.save(due, now, cause);
        });
    }

    private static String code(Refusal refused) {
        return refused.errors().isEmpty() ? refused.code() : refused.errors().getFirst().code();
    }
}
