-- What a certifying body approved for continuing education: a provider, a course of theirs or all, for which topics, how
-- many minutes of it count and on which days it was held. A later row that "replaces" one stands in its place.

CREATE TABLE ce_approval (
  id {int} PRIMARY KEY CHECK (id > 0),
  body {int} NOT NULL REFERENCES organization (id),
  provider {int} NOT NULL REFERENCES organization (id),
  course {text} NOT NULL,
  topics {text} NOT NULL,
  minutes {int} CHECK (minutes IS NULL OR minutes > 0),
  first_day {text} NOT NULL,
  last_day {text},
  replaces {int} UNIQUE REFERENCES ce_approval (id),
  withdrawn {int} NOT NULL CHECK (withdrawn IN (0, 1)),
  recorded_at {text} NOT NULL,
  audit {int} NOT NULL,
  CHECK (last_day IS NULL OR first_day <= last_day),
  CHECK (withdrawn = 0 OR replaces IS NOT NULL)
) {rows};

CREATE INDEX ce_approval_provider ON ce_approval (provider);

{append_only} ce_approval;
