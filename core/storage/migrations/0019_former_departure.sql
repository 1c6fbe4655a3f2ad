-- The day on which somebody was gone may be corrected or taken back; what stood until then stays, so that it can be said
-- what was known on an earlier day. Made like former_birthday (0011): "audit" is the number of the audit row of the
-- change, "recorded_at" its instant, "departed_on" what stood until then (NULL: the person was there). Vouched for with
-- the person.

CREATE TABLE former_departure (
  person {int} NOT NULL REFERENCES person (id),
  n {int} NOT NULL CHECK (n > 0),
  departed_on {text},
  recorded_at {text} NOT NULL,
  audit {int} NOT NULL,
  PRIMARY KEY (person, n)
) {clustered};

{append_only} former_departure;

