package com.ventros.crm.pipelines;

import static com.ventros.crm.specifications.Field.Kind.TEXT;
import static com.ventros.crm.specifications.Field.Kind.TIME;

import com.ventros.crm.contacts.ContactFieldSource;
import com.ventros.crm.specifications.Field;
import java.util.List;
import org.springframework.stereotype.Component;

/** What can be asked of a contact's pipelines. */
@Component
class ContactPipelines implements ContactFieldSource {

    private static final String DEALS = "deal d where d.whole_id = c.id and d.left_at is null";

    @Override
    public List<Field> contactFields(String region) {
        return List.of(
                Field.many("pipeline", TEXT, "d.pipeline_id::text", DEALS),
                Field.many("pipelineStatus", TEXT, "d.status_id::text", DEALS),
                Field.many("pipelineStatusSince", TIME, "d.status_since", DEALS));
    }
}
