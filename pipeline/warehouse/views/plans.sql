-- One wide row a plan: of each column the latest statement that is not null, and the sums of current_charges in the
-- plan's currency (rows that count in the sum only). Open lower bounds ("up to") are summed as zero and open upper
-- bounds ("at least") as their lower bound; open_low_rows and open_high_rows say how many there were.
-- rejected_rows above zero: figures of the plan failed a check, and the row is incomplete.
CREATE VIEW plans AS
WITH latest AS (
    SELECT
        statement.plan_accession_number,
        statement.plan_ordinal,
        arg_max(statement.cik, statement_number) AS cik,
        arg_max(statement.company_name, statement_number) AS company_name,
        arg_max(statement.sic_code, statement_number) AS sic_code,
        arg_max(statement.sic_description, statement_number) AS sic_description,
        min(statement.filed_date) AS first_filed_date,
        max(statement.filed_date) AS last_filed_date,
        arg_max(statement.accession_number, statement_number) AS last_accession_number,
        count(*) - 1 AS amendments,
        arg_max(commitment_date, statement_number) AS commitment_date,
        arg_max(announced_date, statement_number) AS announced_date,
        arg_max(completion_text, statement_number) AS completion_text,
        arg_max(completion_by, statement_number) AS completion_by,
        arg_max(course_of_action, statement_number) AS course_of_action,
        arg_max(estimate_status, statement_number) FILTER (effect IN ('original', 'adds_plan') OR
            estimate_status <> 'none') AS estimate_status,
        arg_max(currency, statement_number) AS currency,
        arg_max({'low': total_low, 'high': total_high}, statement_number)
            FILTER (total_low IS NOT NULL OR total_high IS NOT NULL) AS total,
        arg_max({'low': cash_low, 'high': cash_high}, statement_number)
            FILTER (cash_low IS NOT NULL OR cash_high IS NOT NULL) AS cash,
        arg_max({'low': noncash_low, 'high': noncash_high}, statement_number)
            FILTER (noncash_low IS NOT NULL OR noncash_high IS NOT NULL) AS noncash,
        arg_max({'low': headcount_low, 'high': headcount_high}, statement_number)
            FILTER (headcount_low IS NOT NULL OR headcount_high IS NOT NULL) AS headcount,
        arg_max(workforce_percent, statement_number) AS workforce_percent,
        arg_max(reconciliation, statement_number) AS reconciliation,
        sum(rejected_rows) AS rejected_rows
    FROM plan_statements_as_of('infinity'::TIMESTAMPTZ) AS statement
    LEFT JOIN exit_plans AS plan
        ON plan.accession_number = statement.accession_number
       AND plan.plan_ordinal = statement.stated_plan_ordinal
    GROUP BY ALL
),
sums AS (
    SELECT
        plan_accession_number,
        plan_ordinal,
        currency,
        count(*) AS charges_in_sum,
        sum(coalesce(amount_low, 0)) AS sum_low,
        sum(coalesce(amount_high, amount_low)) AS sum_high,
        count(*) FILTER (amount_low IS NULL) AS open_low_rows,
        count(*) FILTER (amount_high IS NULL) AS open_high_rows,
        sum(coalesce(amount_low, 0)) FILTER (category = 'severance') AS severance_low,
        sum(coalesce(amount_high, amount_low)) FILTER (category = 'severance') AS severance_high
    FROM current_charges
    WHERE counts_in_sum
    GROUP BY ALL
)
SELECT
    latest.* EXCLUDE (total, cash, noncash, headcount, reconciliation, rejected_rows),
    total.low AS total_low,
    total.high AS total_high,
    cash.low AS cash_low,
    cash.high AS cash_high,
    noncash.low AS noncash_low,
    noncash.high AS noncash_high,
    headcount.low AS headcount_low,
    headcount.high AS headcount_high,
    coalesce(charges_in_sum, 0) AS charges_in_sum,
    sum_low,
    sum_high,
    coalesce(open_low_rows, 0) AS open_low_rows,
    coalesce(open_high_rows, 0) AS open_high_rows,
    severance_low,
    severance_high,
    reconciliation,
    rejected_rows
FROM latest
LEFT JOIN sums USING (plan_accession_number, plan_ordinal, currency);
