-- Cohorts that were taken away as a file, and what came back in it. The secret half of a bundle's key stands in the file
-- alone. {append_only} TABLE makes the triggers that keep its rows.

CREATE TABLE bundle (
  id {text} NOT NULL PRIMARY KEY,
  cohort {int} NOT NULL REFERENCES cohort (id),
  public_key {text} NOT NULL,
  recorded_at {text} NOT NULL,
  audit {int} NOT NULL
) {rows};

CREATE INDEX bundle_cohort ON bundle (cohort);

CREATE TABLE bundle_withdrawn (
  bundle {text} NOT NULL PRIMARY KEY REFERENCES bundle (id),
  recorded_at {text} NOT NULL,
  audit {int} NOT NULL
) {rows};

CREATE TABLE bundle_line (
  bundle {text} NOT NULL REFERENCES bundle (id),
  n {int} NOT NULL CHECK (n > 0),
  session {int} NOT NULL REFERENCES session (id),
  person {int} NOT NULL REFERENCES person (id),
  minutes {int} NOT NULL CHECK (minutes >= 0),
  claimed_at {text} NOT NULL,
  outcome {text} NOT NULL CHECK (outcome IN ('recorded', 'known', 'replaced', 'to_decide')),
  recorded_at {text} NOT NULL,
  audit {int} NOT NULL,
  PRIMARY KEY (bundle, n)
) {rows};

CREATE INDEX bundle_line_session ON bundle_line (session, person);

CREATE TABLE bundle_settled (
  bundle {text} NOT NULL,
  n {int} NOT NULL,
  minutes {int} NOT NULL CHECK (minutes >= 0),
  recorded_at {text} NOT NULL,
  audit {int} NOT NULL,
  PRIMARY KEY (bundle, n)
) {rows};

CREATE INDEX session_leader_person ON session_leader (person);

{append_only} bundle;

{append_only} bundle_withdrawn;

{append_only} bundle_line;

{append_only} bundle_settled;
