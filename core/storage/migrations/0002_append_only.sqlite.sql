-- What has been recorded stays: a later state is a further row.

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'rows of audit are never changed');
END;

CREATE TRIGGER audit_is_never_removed BEFORE DELETE ON audit
BEGIN
  SELECT RAISE(ABORT, 'rows of audit are never removed');
END;

CREATE TRIGGER edition_is_never_changed BEFORE UPDATE ON edition
BEGIN
  SELECT RAISE(ABORT, 'rows of edition are never changed');
END;

CREATE TRIGGER edition_is_never_removed BEFORE DELETE ON edition
BEGIN
  SELECT RAISE(ABORT, 'rows of edition are never removed');
END;

CREATE TRIGGER enrolment_event_is_never_changed BEFORE UPDATE ON enrolment_event
BEGIN
  SELECT RAISE(ABORT, 'rows of enrolment_event are never changed');
END;

CREATE TRIGGER enrolment_event_is_never_removed BEFORE DELETE ON enrolment_event
BEGIN
  SELECT RAISE(ABORT, 'rows of enrolment_event are never removed');
END;

CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
BEGIN
  SELECT RAISE(ABORT, 'rows of entry are never changed');
END;

CREATE TRIGGER entry_is_never_removed BEFORE DELETE ON entry
BEGIN
  SELECT RAISE(ABORT, 'rows of entry are never removed');
END;

CREATE TRIGGER application_is_never_changed BEFORE UPDATE ON application
BEGIN
  SELECT RAISE(ABORT, 'rows of application are never changed');
END;

CREATE TRIGGER application_is_never_removed BEFORE DELETE ON application
BEGIN
  SELECT RAISE(ABORT, 'rows of application are never removed');
END;

CREATE TRIGGER credential_is_never_changed BEFORE UPDATE ON credential
BEGIN
  SELECT RAISE(ABORT, 'rows of credential are never changed');
END;

CREATE TRIGGER credential_is_never_removed BEFORE DELETE ON credential
BEGIN
  SELECT RAISE(ABORT, 'rows of credential are never removed');
END;

CREATE TRIGGER decision_is_never_changed BEFORE UPDATE ON decision
BEGIN
  SELECT RAISE(ABORT, 'rows of decision are never changed');
END;

CREATE TRIGGER decision_is_never_removed BEFORE DELETE ON decision
BEGIN
  SELECT RAISE(ABORT, 'rows of decision are never removed');
END;

CREATE TRIGGER term_is_never_changed BEFORE UPDATE ON term
BEGIN
  SELECT RAISE(ABORT, 'rows of term are never changed');
END;

CREATE TRIGGER term_is_never_removed BEFORE DELETE ON term
BEGIN
  SELECT RAISE(ABORT, 'rows of term are never removed');
END;

CREATE TRIGGER credential_event_is_never_changed BEFORE UPDATE ON credential_event
BEGIN
  SELECT RAISE(ABORT, 'rows of credential_event are never changed');
END;

CREATE TRIGGER credential_event_is_never_removed BEFORE DELETE ON credential_event
BEGIN
  SELECT RAISE(ABORT, 'rows of credential_event are never removed');
END;
