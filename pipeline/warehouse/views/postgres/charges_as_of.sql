-- charges_as_of(moment): the charges of each plan as they were known then, by acceptance time. An amendment that
-- replaces the estimate replaces all of it; one that adds estimates supersedes only what it states anew (same role,
-- category and currency). Earlier estimates that a filing quotes (role revision_prior) are left out. Sum the rows
-- where counts_in_sum is true, by currency: it is set anew here, so that each dollar of a plan still counts once.
CREATE MACRO charges_as_of(moment) AS TABLE
WITH stated AS (
    SELECT
        statement.*,
        plan.estimate_status,
        charge.role,
        charge.currency,
        charge.category,
        charge.counts_in_sum,
        charge AS stated_charge
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
replacing AS (
    SELECT
        *,
        max(statement_number) FILTER (WHERE effect = 'replaces')
            OVER (PARTITION BY plan_accession_number, plan_ordinal) AS last_replacing
    FROM stated
),
numbered AS (
    SELECT
        *,
        max(statement_number) OVER (
            PARTITION BY
                plan_accession_number, plan_ordinal, role, currency, CASE WHEN role <> 'total' THEN category END
        ) AS last_stating
    FROM replacing
    WHERE statement_number >= coalesce(last_replacing, 0)
),
totals AS (
    SELECT
        *,
        -- A total added later covers the parts known before; they no longer count beside it.
        max(statement_number) FILTER (WHERE effect = 'adds_estimate' AND role = 'total' AND counts_in_sum)
            OVER one_plan AS covered_by,
        -- Parts added to a total that was complete are its breakdown, not an addition.
        min(statement_number) FILTER (WHERE estimate_status = 'given' AND role = 'total' AND counts_in_sum)
            OVER one_plan AS complete_since
    FROM numbered
    WHERE statement_number = last_stating
    WINDOW one_plan AS (PARTITION BY plan_accession_number, plan_ordinal, currency)
)
SELECT
    plan_accession_number,
    plan_ordinal,
    accession_number,
    stated_plan_ordinal,
    effect,
    known_at,
    cik,
    company_name,
    sic_code,
    sic_description,
    form_type,
    filed_date,
    filed_month,
    (stated_charge).charge_id,
    (stated_charge).document_sequence,
    (stated_charge).section_ordinal,
    (stated_charge).item,
    (stated_charge).document_type,
    (stated_charge).ordinal,
    (stated_charge).amount_low,
    (stated_charge).amount_high,
    (stated_charge).currency,
    (stated_charge).is_approximate,
    (stated_charge).category,
    (stated_charge).asc420_class,
    (stated_charge).role,
    (stated_charge).settlement,
    (stated_charge).status,
    (stated_charge).is_pretax,
    (stated_charge).period_text,
    (stated_charge).period_start,
    (stated_charge).period_end,
    (stated_charge).parent_charge_id,
    counts_in_sum
        AND statement_number >= coalesce(covered_by, 0)
        AND (role = 'total' OR statement_number <= coalesce(complete_since, statement_number)) AS counts_in_sum,
    (stated_charge).evidence,
    (stated_charge).char_start,
    (stated_charge).char_end,
    (stated_charge).figure_start,
    (stated_charge).figure_end,
    (stated_charge).context_spans,
    (stated_charge).rule,
    (stated_charge).flags,
    (stated_charge).reader_version
FROM totals;
