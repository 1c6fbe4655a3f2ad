-- What the public's question about a number is answered with, ready to be read: one row instead of five tables. Derived
-- from credential, term, credential_event, person and person_name in the unit that changes them; see
-- detail/kept_answers.hpp for the text.

CREATE TABLE verification (
  credential {int} PRIMARY KEY REFERENCES credential (id),
  issuer {int},
  answer {text} NOT NULL
) {rows};
