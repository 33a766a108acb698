package com.ventros.crm.conversations;

import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Everything that is kept of a tenant's conversations, with natural keys in the place of made-up ids. */
public record KeptRows(JdbcClient db, TransactionOperations transaction) {

    public List<String> of(TenantId tenant) {
        return Tenancy.call(tenant, () -> transaction.execute(_ -> db.sql("""
                with person as (
                    select c.id, c.name, c.name_set_by, c.name_at,
                           (select string_agg(i.kind || ':' || i.value, ' ' order by i.kind, i.value)
                              from contact_identity i where i.contact_id = c.id) as identities
                      from contact c),
                talk as (
                    select c.*, c.channel_id || ' ' || coalesce(p.identities, c.address) as whose
                      from chat c left join person p on p.id = c.contact_id)
                select 'contact ' || concat_ws(' | ', identities, name, name_set_by, name_at) as line from person
                union all
                select 'chat ' || concat_ws(' | ', whose, kind, address, address_at, title, title_at, read_at,
                                            unread_count, last_message_at, last_message_key) from talk
                union all
                select 'session ' || concat_ws(' | ', t.whose, s.status, s.started_at, s.last_message_at, s.deadline,
                                               s.message_count, s.ended_at, s.end_reason, s.inbound_count, s.first_inbound_at,
                                               s.first_response_at, s.waiting_since, s.answers, s.waited_millis,
                                               s.longest_wait_millis)
                  from session s join talk t on t.id = s.chat_id
                union all
                select 'message ' || concat_ws(' | ', t.whose, s.started_at,
                           (to_jsonb(m) - 'tenant_id' - 'id' - 'chat_id' - 'session_id' - 'version')::text)
                  from message m join talk t on t.id = m.chat_id left join session s on s.id = m.session_id
                union all
                select 'last ' || concat_ws(' | ', t.whose, m.external_id) from talk t join message m on m.id = t.last_message_id
                union all
                select 'ref ' || (to_jsonb(r) - 'tenant_id' - 'message_id')::text || (r.message_id is null)
                  from message_ref r
                union all
                select 'edit ' || (to_jsonb(e) - 'tenant_id')::text from message_edit e
                union all
                select 'reaction ' || (to_jsonb(r) - 'tenant_id')::text from message_reaction r
                union all
                select 'vote ' || (to_jsonb(v) - 'tenant_id')::text from message_vote v
                union all
                select 'call ' || (to_jsonb(c) - 'tenant_id' - 'contact_id')::text || p.identities
                  from call c join person p on p.id = c.contact_id
                order by line
                """).query(String.class).list()));
    }
}
