-- Places in a cohort: how they are given, stated before anybody asks; who asked, and what became of it. Nothing says why
-- anybody asks, declines or is funded. {append_only} TABLE makes the triggers that keep its rows.

CREATE TABLE place_call (
  cohort {int} NOT NULL REFERENCES cohort (id),
  n {int} NOT NULL CHECK (n > 0),
  capacity {int} NOT NULL CHECK (capacity > 0),
  closes_on {text} NOT NULL,
  given_by {text} NOT NULL CHECK (given_by IN ('arrival', 'score', 'lot')),
  criteria {text} NOT NULL,
  reviewers {int} NOT NULL CHECK (reviewers >= 0),
  offer_days {int} NOT NULL CHECK (offer_days > 0),
  keep_days {int} NOT NULL CHECK (keep_days >= 0),
  seed {text} NOT NULL,
  recorded_at {text} NOT NULL,
  audit {int} NOT NULL,
  PRIMARY KEY (cohort, n)
) {clustered};

CREATE TABLE place_request (
  id {int} PRIMARY KEY CHECK (id > 0),
  cohort {int} NOT NULL REFERENCES cohort (id),
  person {int} NOT NULL REFERENCES person (id),
  number {int} NOT NULL CHECK (number > 0),
  received_on {text} NOT NULL,
  recorded_at {text} NOT NULL,
  audit {int} NOT NULL,
  UNIQUE (cohort, person),
  UNIQUE (cohort, number)
) {rows};

CREATE INDEX place_request_person ON place_request (person);

CREATE TABLE place_event (
  request {int} NOT NULL REFERENCES place_request (id),
  n {int} NOT NULL CHECK (n > 0),
  step {text} NOT NULL,
  day {text} NOT NULL,
  until {text} NOT NULL,
  position {int} NOT NULL CHECK (position >= 0),
  why {text} NOT NULL,
  reviewer {int} REFERENCES person (id),
  recorded_at {text} NOT NULL,
  audit {int} NOT NULL,
  PRIMARY KEY (request, n)
) {clustered};

CREATE TABLE seat_pool (
  cohort {int} NOT NULL REFERENCES cohort (id),
  payer {int} NOT NULL REFERENCES organization (id),
  n {int} NOT NULL CHECK (n > 0),
  seats {int} NOT NULL CHECK (seats >= 0),
  recorded_at {text} NOT NULL,
  audit {int} NOT NULL,
  PRIMARY KEY (cohort, payer, n)
) {clustered};

CREATE TABLE seat_use (
  request {int} NOT NULL REFERENCES place_request (id),
  n {int} NOT NULL CHECK (n > 0),
  payer {int} REFERENCES organization (id),
  recorded_at {text} NOT NULL,
  audit {int} NOT NULL,
  PRIMARY KEY (request, n)
) {clustered};

{append_only} place_call;

{append_only} place_request;

{append_only} place_event;

{append_only} seat_pool;

{append_only} seat_use;

-- What is deleted: points, when the order is made from them; essays and notes of an interview, on the day stated. No audit
-- row vouches for them, and no backup carries the second.

CREATE TABLE place_score (
  request {int} NOT NULL REFERENCES place_request (id),
  reviewer {int} NOT NULL REFERENCES person (id),
  criterion {text} NOT NULL,
  points {int} NOT NULL CHECK (points >= 0),
  PRIMARY KEY (request, reviewer, criterion)
) {clustered};

CREATE TABLE place_paper (
  request {int} NOT NULL REFERENCES place_request (id),
  kind {text} NOT NULL CHECK (kind IN ('essay', 'interview')),
  body {text} NOT NULL,
  PRIMARY KEY (request, kind)
) {clustered};
