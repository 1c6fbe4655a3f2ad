-- What a sign-off is beyond its line in the ledger, what people say of themselves, and who does not sign for whom.
-- {append_only} TABLE makes the triggers that keep its rows from being changed or removed.

-- One row a line of the ledger. "root" is the first line of this signature (a correction, confirmation or review is a
-- further line that replaces the one before), "act" the first line of what was signed in one go.
CREATE TABLE sign_off (
  entry {int} PRIMARY KEY REFERENCES entry (id),
  act {int} NOT NULL REFERENCES entry (id),
  root {int} NOT NULL REFERENCES entry (id),
  state {text} NOT NULL CHECK (state IN ('draft', 'awaiting_assessor', 'awaiting_cosignature', 'signed', 'under_review')),
  rating {text} NOT NULL CHECK (rating <> ''),
  framework {text} NOT NULL,
  audit {int} NOT NULL
) {rows};

CREATE INDEX sign_off_act ON sign_off (act);

CREATE INDEX sign_off_framework ON sign_off (framework);

-- The learner's answer: a word of a closed list. There is no text: see core/domain/sign_off.hpp.
CREATE TABLE sign_off_response (
  root {int} NOT NULL REFERENCES entry (id),
  n {int} NOT NULL CHECK (n > 0),
  response {text} NOT NULL CHECK (response IN ('agrees', 'disagrees', 'asks_to_talk', 'asks_to_be_seen_again', 'taken_back')),
  recorded_at {text} NOT NULL,
  audit {int} NOT NULL,
  PRIMARY KEY (root, n)
) {clustered};

-- Never a line of the ledger, so that no rule can count it.
CREATE TABLE self_rating (
  person {int} NOT NULL REFERENCES person (id),
  n {int} NOT NULL CHECK (n > 0),
  competency {text} NOT NULL,
  framework {text} NOT NULL,
  rating {text} NOT NULL CHECK (rating <> ''),
  rated_on {text} NOT NULL,
  shared {int} NOT NULL CHECK (shared IN (0, 1)),
  withdrawn {int} NOT NULL CHECK (withdrawn IN (0, 1)),
  recorded_at {text} NOT NULL,
  audit {int} NOT NULL,
  PRIMARY KEY (person, n)
) {clustered};

-- Between two people, the lower key first; days and no reason. A later row of the same pair and first day stands in the
-- place of an earlier one.
CREATE TABLE declared_conflict (
  person {int} NOT NULL REFERENCES person (id),
  other {int} NOT NULL REFERENCES person (id),
  n {int} NOT NULL CHECK (n > 0),
  first_day {text} NOT NULL,
  last_day {text},
  withdrawn {int} NOT NULL CHECK (withdrawn IN (0, 1)),
  recorded_at {text} NOT NULL,
  audit {int} NOT NULL,
  PRIMARY KEY (person, other, n),
  CHECK (person < other),
  CHECK (last_day IS NULL OR first_day <= last_day)
) {clustered};

CREATE INDEX declared_conflict_other ON declared_conflict (other);

-- Who vouched for what: asked when an authority turns out void.
CREATE INDEX entry_asserted_by ON entry (asserted_by, last_day) WHERE asserted_by IS NOT NULL;

{append_only} sign_off;

{append_only} sign_off_response;

{append_only} self_rating;

{append_only} declared_conflict;
