-- Of a company's sessions most have ended: the list of those that are open walked past all that began after the oldest of a page.
create index session_open_by_start on session (tenant_id, started_at desc, id desc) where status = 'OPEN';
