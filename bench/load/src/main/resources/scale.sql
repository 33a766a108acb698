-- Fills a database as a company has it after 300 days, beside small ones. Run by a superuser on an idle program; the
-- values of ${...} come from Scale. Rows are written in the order of time, as life writes them.

set session_replication_role = replica; -- no foreign keys are looked up: ids are made to fit
set work_mem = '256MB';

create function pg_temp.id(kind int, company bigint, i bigint) returns uuid language sql immutable parallel safe as $$
    select (lpad(to_hex(kind), 8, '0') || '-' || lpad(to_hex(company), 4, '0') || '-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid
$$;

insert into tenant (tenant_id, name, created_at)
select pg_temp.id(1, n, 0), 'Empresa ' || n, now() from generate_series(1, ${small}) n;
insert into project (tenant_id, id, name, created_at)
select pg_temp.id(1, n, 0), pg_temp.id(2, n, 0), 'Projeto ' || n, now() from generate_series(1, ${small}) n;
insert into channel (tenant_id, id, project_id, name, type, url, session_name, hmac_secret, webhook_key, created_at)
select pg_temp.id(1, n, 0), pg_temp.id(3, n, 0), pg_temp.id(2, n, 0), 'WhatsApp', type, url, 'empresa-' || n, hmac_secret,
       rpad('empresa' || n, 50, 'x'), now()
  from (select * from channel limit 1) model, generate_series(1, ${small}) n;

-- Company 0 is the one that signs in; the others are a thousandth of it.
create temp table company as
select 0::bigint n, c.tenant_id tenant, c.project_id project, c.id channel, ${contacts}::bigint contacts, ${chats}::bigint chats,
       ${sessions}::bigint sessions
  from (select * from channel where session_name = '${session}') c
union all
select n, pg_temp.id(1, n, 0), pg_temp.id(2, n, 0), pg_temp.id(3, n, 0), ${contacts} / 1000, ${chats} / 1000, ${sessions} / 1000
  from generate_series(1, ${small}) n;

create temp table first_name as select row_number() over () - 1 n, name from unnest(array['Ana', 'João', 'Maria', 'José', 'Márcia',
    'Antônio', 'Francisca', 'Carlos', 'Adriana', 'Paulo', 'Juliana', 'Pedro', 'Fernanda', 'Lucas', 'Patrícia', 'Luiz', 'Aline',
    'Marcos', 'Sandra', 'Gabriel', 'Camila', 'Rafael', 'Amanda', 'Daniel', 'Bruna', 'Marcelo', 'Jéssica', 'Bruno', 'Letícia',
    'Eduardo', 'Júlia', 'Felipe', 'Luciana', 'Rodrigo', 'Vanessa', 'Manoel', 'Mariana', 'Mateus', 'Gabriela', 'André']) name;
create temp table last_name as select row_number() over () - 1 n, name from unnest(array['Silva', 'Santos', 'Oliveira', 'Souza',
    'Rodrigues', 'Ferreira', 'Alves', 'Pereira', 'Lima', 'Gomes', 'Costa', 'Ribeiro', 'Martins', 'Carvalho', 'Almeida', 'Lopes',
    'Soares', 'Fernandes', 'Vieira', 'Barbosa', 'Rocha', 'Dias', 'Nascimento', 'Andrade', 'Moreira', 'Nunes', 'Marques',
    'Machado', 'Mendes', 'Freitas', 'Cardoso', 'Ramos', 'Gonçalves', 'Santana', 'Teixeira', 'Moura', 'Cavalcanti']) name;

-- Contacts, the first of them with a chat.
insert into contact (tenant_id, id, project_id, name, name_set_by, name_at, created_at, version)
select tenant, pg_temp.id(4, company.n, i), project, f.name || ' ' || l.name || ' ' || i, 'CHANNEL', at, at, 1
  from company cross join generate_series(0, contacts - 1) i
  join first_name f on f.n = i % 40 join last_name l on l.n = i * 7 % 37
 cross join lateral (select now() - interval '300 days' + interval '300 days' * (i::float / contacts)) t (at)
 order by company.n, i;
insert into contact_identity (tenant_id, project_id, kind, value, contact_id, whole_id)
select tenant, project, 'PHONE', '+55' || (11 + i % 80) || '9' || lpad((i + 10000000)::text, 8, '0'), pg_temp.id(4, n, i), pg_temp.id(4, n, i)
  from company cross join generate_series(0, contacts - 1) i;
insert into contact_search (tenant_id, contact_id, whole_id, kind, value) -- which a trigger would do
select tenant_id, id, whole_id, 'NAME', folded(name) from contact
union all
select tenant_id, contact_id, whole_id, kind, value from contact_identity where kind = 'PHONE'
    on conflict do nothing;
insert into tag (tenant_id, project_id, name, contact_count)
select tenant, project, 'etiqueta ' || t, contacts / 50 from company, generate_series(0, 9) t;
insert into contact_tag (tenant_id, contact_id, project_id, tag, contact_created_at, contact_sort_name)
select tenant, pg_temp.id(4, n, i), project, 'etiqueta ' || i / 5 % 10, c.created_at, c.sort_name
  from company cross join generate_series(0, contacts - 1, 5) i
  join contact c on c.tenant_id = tenant and c.id = pg_temp.id(4, n, i);

-- Sessions of 25 messages, one after the other in time, going round over the chats.
create temp table talk as
select n, tenant, project, channel, s, s * 7919 % chats as chat, s >= sessions - chats / 500 as open,
       date_trunc('milliseconds', now() - interval '300 days' + interval '299 days 23 hours' * (s::float / sessions)) as start
  from company cross join generate_series(0, sessions - 1) s;

insert into session (tenant_id, id, chat_id, status, started_at, last_message_at, deadline, message_count, ended_at, end_reason, version,
                     inbound_count, outbound_count, first_inbound_at, first_response_at, answers, waited_millis, longest_wait_millis)
select tenant, pg_temp.id(6, n, s), pg_temp.id(5, n, chat), case when open then 'OPEN' else 'ENDED' end, start, start + interval '16 min',
       case when open then now() + interval '1 day' else start + interval '46 min' end, 25,
       case when not open then start + interval '46 min' end, case when not open then 'SILENCE' end, 2,
       13, 12, start, start + interval '40 s', 12, 480000, 40000
  from talk order by n, s;

create temp table word as select row_number() over () - 1 n, text from unnest(array['Olá, tudo bem?', 'Quero saber do meu pedido',
    'Qual é o preço com entrega para São Paulo?', 'Pode ser amanhã de manhã', 'Obrigada!', 'Segue o comprovante do pagamento',
    'Ainda tem no tamanho M?', 'Consegue um desconto à vista?', 'O boleto venceu ontem', 'Fechado, pode enviar',
    'Não recebi o código de rastreio', 'Vocês abrem aos sábados?', 'Perfeito, muito obrigado pela atenção']) text;

create temp table line as
select talk.n, tenant, channel, s, chat, s * 25 + j as g, start + j * interval '40 s' as at, j % 2 = 0 as inbound,
       w.text || ' (' || s * 25 + j || ')' as text
  from talk cross join generate_series(0, 24) j join word w on w.n = (s * 25 + j) * 11 % 13;

insert into message (tenant_id, id, sent_at, chat_id, channel_id, session_id, external_id, direction, source, type, text, status, version)
select tenant, pg_temp.id(7, n, g), at, pg_temp.id(5, n, chat), channel, pg_temp.id(6, n, s), 'AC' || lpad(to_hex(g), 30, '0'),
       case when inbound then 'INBOUND' else 'OUTBOUND' end, case when inbound then 'CUSTOMER' else 'PHONE' end, 'TEXT', text,
       case when inbound then 'RECEIVED' else 'READ' end, 1
  from line order by at;
insert into message_search (tenant_id, message_id, sent_at, channel_id, direction, type, words) -- which a trigger would do
select tenant, pg_temp.id(7, n, g), at, channel, case when inbound then 'INBOUND' else 'OUTBOUND' end, 'TEXT', message_words(text)
  from line order by at;
insert into message_ref (tenant_id, channel_id, external_id, message_id, sent_at, ack)
select tenant, channel, 'AC' || lpad(to_hex(g), 30, '0'), pg_temp.id(7, n, g), at, case when not inbound then 3 end from line;

insert into chat (tenant_id, id, project_id, channel_id, kind, address, address_at, contact_id, whole_id, unread_count, last_message_id,
                  last_message_at, last_message_key, created_at, version)
select tenant, pg_temp.id(5, n, chat), project, channel, 'DIRECT', '55' || (11 + chat % 80) || '9' || lpad((chat + 10000000)::text, 8, '0') || '@c.us',
       min(start), pg_temp.id(4, n, chat), pg_temp.id(4, n, chat), case when chat % 50 = 0 then 1 else 0 end,
       pg_temp.id(7, n, max(s) * 25 + 24), max(start) + interval '16 min', 'AC' || lpad(to_hex(max(s) * 25 + 24), 30, '0'), min(start), 1
  from talk group by n, tenant, project, channel, chat;

-- Their events, and what the timeline makes of them.
create temp table happened (tenant uuid, project uuid, id uuid, type text, aggregate_type text, aggregate uuid, contact uuid, at timestamptz, data jsonb);
insert into happened
select tenant, project, pg_temp.id(8, n, i), 'contact.created', 'contact', pg_temp.id(4, n, i), pg_temp.id(4, n, i),
       now() - interval '300 days' + interval '300 days' * (i::float / contacts),
       jsonb_build_object('contactId', pg_temp.id(4, n, i), 'name', 'Cliente ' || i, 'phone', '+55119' || i)
  from company cross join generate_series(0, contacts - 1) i
union all
select tenant, project, pg_temp.id(9, n, s), 'session.started', 'session', pg_temp.id(6, n, s), pg_temp.id(4, n, chat), start,
       jsonb_build_object('sessionId', pg_temp.id(6, n, s), 'chatId', pg_temp.id(5, n, chat), 'contactId', pg_temp.id(4, n, chat),
                          'channelId', channel, 'startedAt', start, 'deadline', start + interval '30 min')
  from talk
union all
select tenant, project, pg_temp.id(10, n, s), 'session.ended', 'session', pg_temp.id(6, n, s), pg_temp.id(4, n, chat), start + interval '46 min',
       jsonb_build_object('sessionId', pg_temp.id(6, n, s), 'chatId', pg_temp.id(5, n, chat), 'contactId', pg_temp.id(4, n, chat),
                          'channelId', channel, 'endedAt', start + interval '46 min', 'reason', 'silence')
  from talk where not open;
insert into timeline_entry (tenant_id, id, contact_id, type, at, data)
select tenant, id, contact, type, at, data from happened order by at;
insert into domain_event_logs (tenant_id, id, position, type, version, aggregate_type, aggregate_id, aggregate_version, project_id, occurred_at,
                               recorded_at, correlation_id, actor_kind, actor_id, data)
select tenant, id, nextval('event_position'), type, 1, aggregate_type, aggregate, 1, project, at, at, id, 'SYSTEM', 'bench', data
  from happened order by at;
insert into domain_event_logs (tenant_id, id, position, type, version, aggregate_type, aggregate_id, aggregate_version, occurred_at,
                               recorded_at, correlation_id, actor_kind, actor_id, data)
select tenant, pg_temp.id(11, n, g), nextval('event_position'), 'message.created', 1, 'message', pg_temp.id(7, n, g), 1, at, at,
       pg_temp.id(11, n, g), 'SYSTEM', 'bench',
       jsonb_build_object('messageId', pg_temp.id(7, n, g), 'chatId', pg_temp.id(5, n, chat), 'contactId', pg_temp.id(4, n, chat),
                          'sessionId', pg_temp.id(6, n, s), 'channelId', channel, 'direction', case when inbound then 'inbound' else 'outbound' end,
                          'source', case when inbound then 'customer' else 'phone' end, 'type', 'text', 'text', text,
                          'externalId', 'AC' || lpad(to_hex(g), 30, '0'), 'status', 'received', 'sentAt', at)
  from line order by at;

-- Deals of company 0 in one pipeline.
create temp table placed as
select c.tenant, pg_temp.id(12, 0, i) id, p.id pipeline, pg_temp.id(4, 0, i) contact, s.id status, 'a' || lpad(to_hex(i), 8, '0') || 'V' as rank,
       (i % 500 + 1) * 1000 as amount, now() - interval '1 day' * (i % 200) as since
  from company c join pipeline p on p.id = '${pipeline}' cross join generate_series(0, ${deals} - 1) i
  join (select id, row_number() over (order by ordinal) - 1 k, count(*) over () as total from pipeline_status where pipeline_id = '${pipeline}') s
    on s.k = i % s.total
 where c.n = 0;
insert into deal (tenant_id, id, pipeline_id, contact_id, whole_id, status_id, rank, amount, currency, entered_at, status_since, version)
select tenant, id, pipeline, contact, contact, status, rank, amount, 'BRL', since, since, 1 from placed;
insert into deal_stay (tenant_id, deal_id, version, status_id, since) select tenant, id, 1, status, since from placed;
insert into board_card (tenant_id, deal_id, pipeline_id, status_id, contact_id, rank, amount, currency, entered_at, status_since, version, gone)
select tenant, id, pipeline, status, contact, rank, amount, 'BRL', since, since, 1, false from placed;
insert into board_column (tenant_id, status_id, currency, cards, amount)
select tenant, status, 'BRL', count(*), sum(amount) from placed group by tenant, status;

vacuum analyze;
checkpoint;
