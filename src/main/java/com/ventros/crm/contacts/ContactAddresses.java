package com.ventros.crm.contacts;

import com.ventros.crm.kernel.PhoneNumber;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where a contact is reached. */
@Component
public class ContactAddresses {

    private final JdbcClient db;

    ContactAddresses(JdbcClient db) {
        this.db = db;
    }

    /** The contact's telephone number; of several the first in their order. */
    public Optional<PhoneNumber> phone(ContactId contact) {
        return db.sql("""
                select min(value) from contact_identity where contact_id = :contact and kind = 'PHONE'
                """).param("contact", contact.value()).query(String.class).optional().map(PhoneNumber::new);
    }
}
