-- How many versions of records a linkage model was learned from, so that a history that outgrew it is noticed.
alter table if exists people.model add column if not exists versions bigint;
