-- Rows that may change stand in the audit chain too: each names the audit row that vouches for its present state
-- ("audit") and carries a mark of that state, so that a row changed past the program can be named. What an earlier audit
-- row vouched for, before the row was changed in due form, is kept as a digest only. "salt" goes into the digest of a
-- person, so that after an erasure nobody can try names against it.

ALTER TABLE installation ADD COLUMN audit {int} NOT NULL DEFAULT 0;

ALTER TABLE installation ADD COLUMN mark {int} NOT NULL DEFAULT 0;

ALTER TABLE person ADD COLUMN audit {int} NOT NULL DEFAULT 0;

ALTER TABLE person ADD COLUMN mark {int} NOT NULL DEFAULT 0;

ALTER TABLE person ADD COLUMN salt {int} NOT NULL DEFAULT 0;

ALTER TABLE organization ADD COLUMN audit {int} NOT NULL DEFAULT 0;

ALTER TABLE organization ADD COLUMN mark {int} NOT NULL DEFAULT 0;

ALTER TABLE cohort ADD COLUMN audit {int} NOT NULL DEFAULT 0;

ALTER TABLE cohort ADD COLUMN mark {int} NOT NULL DEFAULT 0;

ALTER TABLE session ADD COLUMN audit {int} NOT NULL DEFAULT 0;

ALTER TABLE session ADD COLUMN mark {int} NOT NULL DEFAULT 0;

ALTER TABLE enrolment ADD COLUMN audit {int} NOT NULL DEFAULT 0;

ALTER TABLE enrolment ADD COLUMN mark {int} NOT NULL DEFAULT 0;

CREATE TABLE replaced_state (
  audit {int} NOT NULL,
  n {int} NOT NULL,
  unit {text} NOT NULL,
  id {int} NOT NULL,
  was {int} NOT NULL,
  digest {text} NOT NULL,
  PRIMARY KEY (audit, n),
  CHECK (was < audit)
) {clustered};

CREATE TRIGGER replaced_state_is_never_changed BEFORE UPDATE ON replaced_state
BEGIN
  SELECT RAISE(ABORT, 'rows of replaced_state are never changed');
END;

CREATE TRIGGER replaced_state_is_never_removed BEFORE DELETE ON replaced_state
BEGIN
  SELECT RAISE(ABORT, 'rows of replaced_state are never removed');
END;
