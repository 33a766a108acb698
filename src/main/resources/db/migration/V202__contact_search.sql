-- The name without capitals and accents (specifications.Folding has the same table): a list in the order of names is read
-- along an index, a page at a time.
alter table contact add column sort_name text collate "C" generated always as (
    translate(coalesce(name, ''), 'ABCDEFGHIJKLMNOPQRSTUVWXYZÀÁÂÃÄÅàáâãäåÇçÈÉÊËèéêëÌÍÎÏìíîïÑñÒÓÔÕÖòóôõöÙÚÛÜùúûüÝýÿ',
              'abcdefghijklmnopqrstuvwxyzaaaaaaaaaaaacceeeeeeeeiiiiiiiinnoooooooooouuuuuuuuyyy')) stored;
create index contact_by_name on contact (tenant_id, sort_name, id) where deleted_at is null;
