-- The present name and contacts stand in the person's own row: adding somebody is one row instead of four. person_name
-- keeps names on certificates and legal names, and every name that is no longer used; person_contact former contacts.
-- name_key is the search key of the name, NULL where that is only the name in lower case. from_day is the first day of
-- name and contacts; name_from, email_from and phone_from say a later one.

ALTER TABLE person ADD COLUMN name {text} NOT NULL DEFAULT '';

ALTER TABLE person ADD COLUMN name_key {text};

ALTER TABLE person ADD COLUMN from_day {text} NOT NULL DEFAULT '';

ALTER TABLE person ADD COLUMN name_from {text};

ALTER TABLE person ADD COLUMN email {text};

ALTER TABLE person ADD COLUMN email_from {text};

ALTER TABLE person ADD COLUMN phone {text};

ALTER TABLE person ADD COLUMN phone_from {text};

UPDATE person SET
  name = (SELECT full_name FROM person_name
    WHERE person_name.person = person.id AND kind = 'used' AND last_day IS NULL),
  name_key = (SELECT nullif(search_key, lower(full_name)) FROM person_name
    WHERE person_name.person = person.id AND kind = 'used' AND last_day IS NULL),
  from_day = (SELECT first_day FROM person_name
    WHERE person_name.person = person.id AND kind = 'used' AND last_day IS NULL),
  email = (SELECT value FROM person_contact
    WHERE person_contact.person = person.id AND kind = 'email' AND last_day IS NULL),
  email_from = (SELECT first_day FROM person_contact
    WHERE person_contact.person = person.id AND kind = 'email' AND last_day IS NULL),
  phone = (SELECT value FROM person_contact
    WHERE person_contact.person = person.id AND kind = 'phone' AND last_day IS NULL),
  phone_from = (SELECT first_day FROM person_contact
    WHERE person_contact.person = person.id AND kind = 'phone' AND last_day IS NULL);

DELETE FROM person_name WHERE kind = 'used' AND last_day IS NULL;

DELETE FROM person_contact WHERE last_day IS NULL;

DROP INDEX person_name_search;

DROP INDEX person_email;

-- By what people can be recognised: pairs of a hash and a person, 16 bytes each, in order, many to a row. `lowest` is
-- at most the smallest hash in the row. Derived; see detail/match_index.hpp.
CREATE TABLE person_match (
  lowest {int} PRIMARY KEY,
  matches {bytes} NOT NULL
) {rows};
