-- What a term's edition says of it beyond its days, frozen at issue: how it stands to the terms before it, who may be told
-- of it, the later day that a public register shows, and whether it ends with its holder's eligibility. An event may be
-- about one added level alone. The audit chain vouches for these columns apart, in rows that use them.

ALTER TABLE term ADD COLUMN place {text} NOT NULL DEFAULT '' CHECK (place IN ('', 'beside', 'moved'));

ALTER TABLE term ADD COLUMN shown_to {text} NOT NULL DEFAULT '' CHECK (shown_to IN ('', 'open', 'with consent', 'restricted'));

ALTER TABLE term ADD COLUMN shown_until {text};

ALTER TABLE term ADD COLUMN eligibility {text} NOT NULL DEFAULT '' CHECK (eligibility IN ('', 'ends'));

ALTER TABLE credential_event ADD COLUMN level {text} NOT NULL DEFAULT '';
