-- What instruments about organizations found. Nobody is scored here: there is no person in it.

CREATE TABLE organization_score (
  organization {int} NOT NULL REFERENCES organization (id),
  n {int} NOT NULL CHECK (n > 0),
  edition {text} NOT NULL,
  item {text} NOT NULL,
  score {text} NOT NULL,
  observed_on {text} NOT NULL,
  recorded_at {text} NOT NULL,
  audit {int} NOT NULL,
  PRIMARY KEY (organization, n)
) {clustered};

CREATE TRIGGER organization_score_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON organization_score
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
