-- Supervisors asked to confirm hours through a link. Of the secret in the link only a digest stands here, so that
-- whoever reads the database cannot answer for anybody. "entry" names a line of the ledger by its number.

CREATE TABLE confirmation (
  id {int} PRIMARY KEY CHECK (id > 0),
  person {int} NOT NULL REFERENCES person (id),
  supervisor {int} NOT NULL REFERENCES person (id),
  role {text} NOT NULL,
  secret_digest {text} NOT NULL UNIQUE,
  expires_at {text} NOT NULL,
  typed_by {text} NOT NULL,
  recorded_at {text} NOT NULL,
  audit {int} NOT NULL,
  CHECK (person <> supervisor)
) {rows};

CREATE INDEX confirmation_person ON confirmation (person);

CREATE TABLE confirmation_event (
  confirmation {int} NOT NULL REFERENCES confirmation (id),
  n {int} NOT NULL CHECK (n > 0),
  step {text} NOT NULL CHECK (step IN ('asked', 'confirmed', 'answered', 'withdrawn')),
  entry {int},
  typed_by {text} NOT NULL,
  recorded_at {text} NOT NULL,
  audit {int} NOT NULL,
  PRIMARY KEY (confirmation, n),
  CHECK ((entry IS NULL) = (step IN ('answered', 'withdrawn')))
) {clustered};

CREATE UNIQUE INDEX confirmation_closed ON confirmation_event (confirmation) WHERE step IN ('answered', 'withdrawn');

{append_only} confirmation;

{append_only} confirmation_event;
