-- The latest estimate of each plan, charge by charge: charges_as_of the last filing. An amendment that adds one
-- estimate does not erase the rest of the original.
CREATE VIEW current_charges AS
SELECT * FROM charges_as_of('infinity'::TIMESTAMPTZ);
