-- A business that lives on in another one is known, and counted nowhere.
ALTER TABLE business_states ADD COLUMN merged boolean NOT NULL DEFAULT false;
