-- charges_as_of(moment): the charges of each plan as they were known then, by acceptance time. An amendment that
-- replaces the estimate replaces all of it; one that adds estimates supersedes only what it states anew (same role,
-- category and currency). Earlier estimates that a filing quotes (role revision_prior) are left out. Sum the rows
-- where counts_in_sum is true, by currency: it is set anew here, so that each dollar of a plan still counts once.
CREATE MACRO charges_as_of(moment) AS TABLE
WITH stated AS (
    SELECT
        statement.*,
        plan.estimate_status,
        charge.* EXCLUDE (accession_number, plan_ordinal, filed_month)
    FROM plan_statements_as_of(moment) AS statement
    JOIN charges AS charge
        ON charge.accession_number = statement.accession_number
       AND charge.plan_ordinal = statement.stated_plan_ordinal
    LEFT JOIN exit_plans AS plan
        ON plan.accession_number = statement.accession_number
       AND plan.plan_ordinal = statement.stated_plan_ordinal
    WHERE statement.effect NOT IN ('changes_dates', 'exhibits_only')
      AND charge.role <> 'revision_prior'
),
since_replaced AS (
    SELECT *
    FROM stated
    QUALIFY statement_number >= coalesce(
        max(statement_number) FILTER (effect = 'replaces') OVER (PARTITION BY plan_accession_number, plan_ordinal),
        0
    )
),
latest AS (
    SELECT *
    FROM since_replaced
    QUALIFY statement_number = max(statement_number) OVER (
        PARTITION BY
            plan_accession_number, plan_ordinal, role, currency, CASE WHEN role <> 'total' THEN category END
    )
),
totals AS (
    SELECT
        *,
        -- A total added later covers the parts known before; they no longer count beside it.
        max(statement_number) FILTER (effect = 'adds_estimate' AND role = 'total' AND counts_in_sum)
            OVER one_plan AS covered_by,
        -- Parts added to a total that was complete are its breakdown, not an addition.
        min(statement_number) FILTER (estimate_status = 'given' AND role = 'total' AND counts_in_sum)
            OVER one_plan AS complete_since
    FROM latest
    WINDOW one_plan AS (PARTITION BY plan_accession_number, plan_ordinal, currency)
)
SELECT
    * EXCLUDE (covered_by, complete_since, statement_number, estimate_status)
    REPLACE (
        counts_in_sum
        AND statement_number >= coalesce(covered_by, 0)
        AND (role = 'total' OR statement_number <= coalesce(complete_since, statement_number)) AS counts_in_sum
    )
FROM totals;
