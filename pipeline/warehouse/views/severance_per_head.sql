-- Severance for each person to go, of plans that state both: the lowest severance over the highest headcount, and
-- the reverse, in the plan's currency. Severance is the sum of current charges of that category that count in the
-- sum; open bounds are summed as in `plans`, and plans with any open bound are marked.
CREATE VIEW severance_per_head AS
SELECT
    plan_accession_number,
    plan_ordinal,
    cik,
    company_name,
    sic_code,
    first_filed_date,
    currency,
    severance_low,
    severance_high,
    headcount_low,
    headcount_high,
    (severance_low / coalesce(headcount_high, headcount_low))::DECIMAL(18, 2) AS per_head_low,
    (severance_high / coalesce(headcount_low, headcount_high))::DECIMAL(18, 2) AS per_head_high,
    open_low_rows + open_high_rows > 0 AS has_open_bounds
FROM plans
WHERE severance_high IS NOT NULL
  AND coalesce(headcount_low, headcount_high) > 0;
