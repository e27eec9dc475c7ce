-- plan_statements_as_of(moment): what had been filed on each plan by then, one row a filing and plan, numbered in
-- order of acceptance. A plan is named by the filing that first reported it (plan_accession_number) and its number
-- there; an 8-K/A whose original is not here stands for itself. Where EDGAR's acceptance time is unknown, a filing
-- counts as known at the end of its filing date.
CREATE MACRO plan_statements_as_of(moment) AS TABLE
WITH known AS (
    SELECT *, coalesce(accepted_at, (filed_date + INTERVAL '1 day')::TIMESTAMP AT TIME ZONE 'UTC') AS known_at
    FROM filings
),
statements AS (
    SELECT
        plan.accession_number AS plan_accession_number,
        plan.plan_ordinal,
        plan.accession_number,
        plan.plan_ordinal AS stated_plan_ordinal,
        'original' AS effect
    FROM exit_plans AS plan
    WHERE NOT EXISTS (
        SELECT 1 FROM amendments AS link
        WHERE link.amendment_accession_number = plan.accession_number
          AND link.amendment_plan_ordinal = plan.plan_ordinal
    )
    UNION ALL
    SELECT
        original_accession_number, plan_ordinal, amendment_accession_number, amendment_plan_ordinal, effect
    FROM amendments
)
SELECT
    statements.*,
    row_number() OVER (
        PARTITION BY plan_accession_number, statements.plan_ordinal
        ORDER BY known_at, statements.accession_number
    ) AS statement_number,
    known_at,
    known.cik,
    known.company_name,
    known.sic_code,
    known.sic_description,
    known.form_type,
    known.filed_date,
    known.filed_month
FROM statements
JOIN known USING (accession_number)
WHERE known_at <= moment;
