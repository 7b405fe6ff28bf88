-- What a record was when it was cleaned, so that only what is written otherwise is cleaned again.
alter table if exists people.scored_record add column if not exists written_key ubigint;
