-- The sign before the parts of a file's numbers, where somebody says it when the import is started.
alter table contact_import add column decimal_sign text check (decimal_sign in ('COMMA', 'POINT'));
