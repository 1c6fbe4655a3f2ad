-- What the columns of files of other programs are called here, remembered by name. A mapping that is remembered anew is
-- another row; the newest counts.

CREATE TABLE import_mapping (
  name {text} NOT NULL,
  n {int} NOT NULL CHECK (n > 0),
  kind {text} NOT NULL,
  columns {text} NOT NULL,
  typed_by {text} NOT NULL,
  recorded_at {text} NOT NULL,
  audit {int} NOT NULL,
  PRIMARY KEY (name, n)
) {clustered};

{append_only} import_mapping;
