-- Those of whom birthday or e-mail is missing, by the search key of their name: whoever comes with the same name has to
-- be compared with them (detail/namesakes.hpp). Nobody of whom both are known costs anything here.
CREATE INDEX person_incomplete ON person (coalesce(name_key, lower(name))) WHERE born IS NULL OR email IS NULL;
