-- How an estimate moved, by role, category and currency: from one filing on a plan to the next that states the same
-- (source `amendment`), or within a filing that quotes the earlier estimate (source `quoted`). A null bound is open,
-- and so is the change in it.
CREATE VIEW estimate_revisions AS
WITH statements AS (
    SELECT * FROM plan_statements_as_of('infinity'::TIMESTAMPTZ)
),
cells AS (
    SELECT
        plan_accession_number,
        statement.plan_ordinal,
        cik,
        company_name,
        statement.accession_number,
        filed_date,
        known_at,
        statement_number,
        charge.role,
        CASE WHEN charge.role IN ('total', 'revision_prior') THEN 'unstated' ELSE charge.category END AS category,
        charge.currency,
        -- A quoted estimate may come with its parts, and they must not be added to it: the largest is the total.
        CASE
            WHEN charge.role IN ('total', 'revision_prior')
                THEN (array_agg(charge.amount_low ORDER BY
                    coalesce(charge.amount_high, charge.amount_low) DESC NULLS LAST, charge.ordinal))[1]
            WHEN count(charge.amount_low) = count(*) THEN sum(charge.amount_low)
        END AS low,
        CASE
            WHEN charge.role IN ('total', 'revision_prior')
                THEN (array_agg(charge.amount_high ORDER BY
                    coalesce(charge.amount_high, charge.amount_low) DESC NULLS LAST, charge.ordinal))[1]
            WHEN count(charge.amount_high) = count(*) THEN sum(charge.amount_high)
        END AS high
    FROM statements AS statement
    JOIN charges AS charge
        ON charge.accession_number = statement.accession_number
       AND charge.plan_ordinal = statement.stated_plan_ordinal
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
),
amended AS (
    SELECT
        plan_accession_number, plan_ordinal, cik, company_name, 'amendment' AS source, role, category, currency,
        lag(accession_number) OVER one_cell AS prior_accession_number,
        accession_number,
        filed_date,
        lag(low) OVER one_cell AS prior_low,
        lag(high) OVER one_cell AS prior_high,
        low AS new_low,
        high AS new_high
    FROM cells
    WHERE role <> 'revision_prior'
    WINDOW one_cell AS (
        PARTITION BY plan_accession_number, plan_ordinal, role, category, currency ORDER BY statement_number
    )
),
quoting AS (
    -- A filing has one total and one earlier estimate of a plan and currency at most: see the categories above.
    SELECT
        *,
        count(*) FILTER (WHERE role = 'revision_prior') OVER one_filing AS quoted_estimates,
        max(low) FILTER (WHERE role = 'revision_prior') OVER one_filing AS quoted_low,
        max(high) FILTER (WHERE role = 'revision_prior') OVER one_filing AS quoted_high
    FROM cells
    WHERE role IN ('total', 'revision_prior')
    WINDOW one_filing AS (PARTITION BY plan_accession_number, plan_ordinal, accession_number, currency)
),
quoted AS (
    SELECT
        plan_accession_number, plan_ordinal, cik, company_name, 'quoted' AS source, role, category, currency,
        accession_number AS prior_accession_number,
        accession_number,
        filed_date,
        quoted_low AS prior_low,
        quoted_high AS prior_high,
        low AS new_low,
        high AS new_high
    FROM quoting
    WHERE role = 'total'
      AND quoted_estimates > 0
      AND currency IS NOT NULL
)
SELECT
    *,
    new_low - prior_low AS change_low,
    new_high - prior_high AS change_high
FROM (
    SELECT * FROM amended WHERE prior_accession_number IS NOT NULL
    UNION ALL
    SELECT * FROM quoted
) AS revised
WHERE (prior_low, prior_high) IS DISTINCT FROM (new_low, new_high)
ORDER BY cik, filed_date, accession_number, plan_ordinal, role, category;
