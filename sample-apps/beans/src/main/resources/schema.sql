create table ledger (line varchar(100));
