-- What was read in texts says of which sex it calls somebody: the first night afterwards reads every text anew.
drop table if exists people.reading;
