-- A day of birth that was corrected stays, so that a decision of before the correction can be judged again as it was
-- judged then. "audit" is the number of the audit row of the correction, "recorded_at" its instant, "born" what stood
-- until then (NULL: nothing). A personal value like the names of person_name, and vouched for with the person.

CREATE TABLE former_birthday (
  person {int} NOT NULL REFERENCES person (id),
  n {int} NOT NULL CHECK (n > 0),
  born {text},
  recorded_at {text} NOT NULL,
  audit {int} NOT NULL,
  PRIMARY KEY (person, n)
) {clustered};

-- Few lines replace another or were vouched for. Reading a whole state finds them by this index and leaves those columns
-- of all other lines alone.

CREATE INDEX entry_more ON entry (person, last_day, id, replaces, withdrawn, authority_role, authority_first, authority_last)
  WHERE replaces IS NOT NULL OR authority_role <> '';

