-- How an edition comes into force: what was proposed, and what became of it. A published text also stands in "edition".
-- {append_only} TABLE makes the triggers that keep its rows from being changed or removed.

CREATE TABLE edition_proposal (
  id {int} PRIMARY KEY CHECK (id > 0),
  kind {text} NOT NULL CHECK (kind IN ('curriculum', 'track', 'framework')),
  code {text} NOT NULL,
  edition {text} NOT NULL,
  digest {text} NOT NULL,
  body {text} NOT NULL,
  cases {text} NOT NULL,
  organization {int} NOT NULL REFERENCES organization (id),
  proposed_by {int} NOT NULL REFERENCES person (id),
  because {text} NOT NULL,
  typed_by {text} NOT NULL,
  recorded_at {text} NOT NULL,
  audit {int} NOT NULL
) {rows};

CREATE INDEX edition_proposal_code ON edition_proposal (code, edition);

CREATE TABLE edition_event (
  proposal {int} NOT NULL REFERENCES edition_proposal (id),
  n {int} NOT NULL CHECK (n > 0),
  step {text} NOT NULL CHECK (step IN ('approved', 'published', 'withdrawn')),
  person {int} REFERENCES person (id),
  day {text} NOT NULL,
  reason {text} NOT NULL,
  typed_by {text} NOT NULL,
  recorded_at {text} NOT NULL,
  audit {int} NOT NULL,
  PRIMARY KEY (proposal, n),
  CHECK (step <> 'approved' OR person IS NOT NULL)
) {clustered};

CREATE UNIQUE INDEX edition_event_approver ON edition_event (proposal, person) WHERE step = 'approved';

CREATE UNIQUE INDEX edition_event_once ON edition_event (proposal, step) WHERE step <> 'approved';

{append_only} edition_proposal;

{append_only} edition_event;
