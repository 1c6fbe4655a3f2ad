-- Two records of one human. A merge says that `person` is read together with `kept` from now on, an unmerge (kept NULL)
-- that they stand apart again. No other row is touched by either: every line, place, role and credential stays under
-- the person it was recorded for.

CREATE TABLE person_merge (
  person {int} NOT NULL REFERENCES person (id),
  n {int} NOT NULL CHECK (n > 0),
  kept {int} REFERENCES person (id),
  day {text} NOT NULL,
  typed_by {text} NOT NULL,
  recorded_at {text} NOT NULL,
  audit {int} NOT NULL,
  PRIMARY KEY (person, n),
  CHECK (kept IS NULL OR kept <> person)
) {clustered};

CREATE INDEX person_merge_kept ON person_merge (kept) WHERE kept IS NOT NULL;

-- Who is one human now: a row for each of them, also for the one that was kept; none for people who stand alone. Derived
-- from person_merge; see detail/person_group.hpp.

CREATE TABLE person_group (
  person {int} PRIMARY KEY REFERENCES person (id),
  kept {int} NOT NULL REFERENCES person (id)
) {rows};

CREATE INDEX person_group_kept ON person_group (kept, person);

-- Two people of whom somebody looked and said that they are two (apart 1), or took that back (apart 0). The pair is not
-- offered as a duplicate again. `person` is the smaller key.

CREATE TABLE person_distinct (
  person {int} NOT NULL REFERENCES person (id),
  other {int} NOT NULL REFERENCES person (id),
  n {int} NOT NULL CHECK (n > 0),
  apart {int} NOT NULL CHECK (apart IN (0, 1)),
  day {text} NOT NULL,
  typed_by {text} NOT NULL,
  recorded_at {text} NOT NULL,
  audit {int} NOT NULL,
  PRIMARY KEY (person, other, n),
  CHECK (person < other)
) {clustered};

CREATE INDEX person_distinct_other ON person_distinct (other);

-- What a person agreed to, for which purpose, in which words; and that they take it back. `purpose` is a word of
-- domain/consent.hpp, `about` the code of the track whose register is meant (empty: of every one), `wording` the version
-- of a text that is kept elsewhere.

CREATE TABLE person_consent (
  person {int} NOT NULL REFERENCES person (id),
  n {int} NOT NULL CHECK (n > 0),
  purpose {text} NOT NULL,
  about {text} NOT NULL,
  given {int} NOT NULL CHECK (given IN (0, 1)),
  wording {text} NOT NULL,
  day {text} NOT NULL,
  typed_by {text} NOT NULL,
  recorded_at {text} NOT NULL,
  audit {int} NOT NULL,
  PRIMARY KEY (person, n)
) {clustered};

{append_only} person_merge;

{append_only} person_distinct;

{append_only} person_consent;
