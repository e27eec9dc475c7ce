-- Every filing on every plan of a company, in order: what it was to the plan (original or the amendment's effect),
-- the total as that filing states it, and headcount. plan_number counts the company's plans from its first.
CREATE VIEW company_history AS
SELECT
    statement.cik,
    statement.company_name,
    dense_rank() OVER (
        PARTITION BY statement.cik
        ORDER BY first_known_at, plan_accession_number, statement.plan_ordinal
    ) AS plan_number,
    statement.plan_accession_number,
    statement.plan_ordinal,
    statement.accession_number,
    statement.form_type,
    statement.filed_date,
    statement.known_at,
    statement.effect,
    plan.estimate_status,
    plan.commitment_date,
    plan.completion_by,
    plan.currency,
    plan.total_low,
    plan.total_high,
    plan.cash_low,
    plan.cash_high,
    plan.headcount_low,
    plan.headcount_high,
    plan.course_of_action
FROM (
    SELECT *, min(known_at) OVER (PARTITION BY plan_accession_number, plan_ordinal) AS first_known_at
    FROM plan_statements_as_of('infinity'::TIMESTAMPTZ)
) AS statement
LEFT JOIN exit_plans AS plan
    ON plan.accession_number = statement.accession_number
   AND plan.plan_ordinal = statement.stated_plan_ordinal
ORDER BY statement.cik, statement.known_at, plan_accession_number, statement.plan_ordinal;
