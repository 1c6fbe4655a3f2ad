-- A line of the ledger carries a mark of itself, as rows that may change do (0005): when a file of attendance was
-- recorded under one audit row, the one line that was changed past the program can be named. 0: recorded before.

ALTER TABLE entry ADD COLUMN mark {int} NOT NULL DEFAULT 0;
