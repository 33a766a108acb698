package com.ventros.crm.conversations;

import static com.ventros.crm.specifications.Field.Kind.TIME;
import static com.ventros.crm.specifications.Field.Kind.TRUTH;

import com.ventros.crm.contacts.ContactFieldSource;
import com.ventros.crm.specifications.Field;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What can be asked of a contact's conversations. */
@Component
class ContactActivity implements ContactFieldSource {

    /** Those of its parts, too. */
    private static final String CHATS = "chat h where h.whole_id = c.id";

    /** That a chat was read is told of the chat; each message names its contact, and is worth no second look at it. */
    @Override
    public Set<String> untold() {
        return Set.of("lastMessageAt", "unread");
    }

    @Override
    public List<Field> contactFields(String region) {
        return List.of(
                Field.own("lastMessageAt", TIME,
                        "(select max(h.last_message_at) from " + CHATS + ")"),
                Field.own("unread", TRUTH,
                        "exists (select from " + CHATS + " and h.unread_count > 0)"),
                Field.own("sessionOpen", TRUTH, """
                        exists (select from chat h join session s on s.chat_id = h.id
                                 where h.whole_id = c.id and s.status = 'OPEN')"""));
    }
}
