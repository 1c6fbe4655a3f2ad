-- What has been recorded stays: a later state is a further row.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END;
$$;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER edition_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON edition
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER enrolment_event_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON enrolment_event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER entry_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER application_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON application
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER credential_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON credential
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER decision_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON decision
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER term_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON term
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER credential_event_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON credential_event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
