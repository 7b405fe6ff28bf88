-- What was read in texts is kept in columns: the first night afterwards reads every text anew.
drop table if exists people.reading;
