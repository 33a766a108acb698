package com.ventros.crm.contacts;

import static com.ventros.crm.specifications.Field.Kind.TEXT;
import static com.ventros.crm.specifications.Field.Kind.TIME;

import com.ventros.crm.kernel.EmailAddress;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.specifications.Field;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What every contact has. */
@Component
class OwnFields implements ContactFieldSource {

    @Override
    public List<Field> contactFields(String region) {
        return List.of(
                // Empty for those without a name, which holds nothing that can be asked for.
                Field.folded("name", "c.name", "c.sort_name").keptAs(ContactName::canonical),
                Field.own("language", TEXT, "c.language"),
                Field.own("createdAt", TIME, "c.created_at"),
                identity("phone", Identity.Kind.PHONE).keptAs(typed -> phone(typed, region)),
                identity("email", Identity.Kind.EMAIL).keptAs(EmailAddress::canonical),
                identity("externalId", Identity.Kind.EXTERNAL),
                Field.many("tag", TEXT, "t.tag", "contact_tag t where t.contact_id = c.id",
                        Map.of("c.created_at", "t.contact_created_at", "c.sort_name", "t.contact_sort_name")).keptAs(Tag::canonical));
    }

    /** A number as it is kept, whichever of its spellings somebody writes; what is none stays as it is. */
    static String phone(String typed, String region) {
        return PhoneNumber.parse(typed, region).map(number -> number.canonical().e164()).orElse(typed);
    }

    /** The project is the contact's own, and the first of the key by which a value is found. */
    private static Field identity(String name, Identity.Kind kind) {
        return Field.many(name, TEXT, "i.value",
                "contact_identity i where i.whole_id = c.id and i.project_id = c.project_id and i.kind = '" + kind + "'");
    }
}
