-- Whose record came from another installation, with which packet; under which numbers their credentials were known there;
-- and who signed a line, where that is nobody of this record. Lines, terms and decisions that came keep the instant at
-- which they were recorded there; the audit chain says when they came.

CREATE TABLE packet (
  person {int} NOT NULL REFERENCES person (id),
  n {int} NOT NULL CHECK (n > 0),
  digest {text} NOT NULL,
  installation {text} NOT NULL,
  code {text} NOT NULL,
  recorded_at {text} NOT NULL,
  audit {int} NOT NULL,
  PRIMARY KEY (person, n)
) {clustered};

CREATE INDEX packet_digest ON packet (digest);

CREATE TABLE packet_number (
  credential {int} NOT NULL REFERENCES credential (id),
  n {int} NOT NULL CHECK (n > 0),
  number {text} NOT NULL,
  audit {int} NOT NULL,
  PRIMARY KEY (credential, n)
) {clustered};

CREATE TABLE packet_signer (
  entry {int} PRIMARY KEY,
  code {text} NOT NULL,
  name {text} NOT NULL,
  audit {int} NOT NULL
) {rows};

{append_only} packet;

{append_only} packet_number;

{append_only} packet_signer;
