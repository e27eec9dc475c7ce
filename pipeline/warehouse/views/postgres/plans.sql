-- One wide row a plan: of each column the latest statement that is not null, and the sums of current_charges in the
-- plan's currency (rows that count in the sum only). Open lower bounds ("up to") are summed as zero and open upper
-- bounds ("at least") as their lower bound; open_low_rows and open_high_rows say how many there were.
-- rejected_rows above zero: figures of the plan failed a check, and the row is incomplete.
CREATE VIEW plans AS
WITH latest AS (
    SELECT
        statement.plan_accession_number,
        statement.plan_ordinal,
        (array_agg(statement.cik ORDER BY statement_number DESC)
            FILTER (WHERE statement.cik IS NOT NULL))[1] AS cik,
        (array_agg(statement.company_name ORDER BY statement_number DESC)
            FILTER (WHERE statement.company_name IS NOT NULL))[1] AS company_name,
        (array_agg(statement.sic_code ORDER BY statement_number DESC)
            FILTER (WHERE statement.sic_code IS NOT NULL))[1] AS sic_code,
        (array_agg(statement.sic_description ORDER BY statement_number DESC)
            FILTER (WHERE statement.sic_description IS NOT NULL))[1] AS sic_description,
        min(statement.filed_date) AS first_filed_date,
        max(statement.filed_date) AS last_filed_date,
        (array_agg(statement.accession_number ORDER BY statement_number DESC)
            FILTER (WHERE statement.accession_number IS NOT NULL))[1] AS last_accession_number,
        count(*) - 1 AS amendments,
        (array_agg(commitment_date ORDER BY statement_number DESC)
            FILTER (WHERE commitment_date IS NOT NULL))[1] AS commitment_date,
        (array_agg(announced_date ORDER BY statement_number DESC)
            FILTER (WHERE announced_date IS NOT NULL))[1] AS announced_date,
        (array_agg(completion_text ORDER BY statement_number DESC)
            FILTER (WHERE completion_text IS NOT NULL))[1] AS completion_text,
        (array_agg(completion_by ORDER BY statement_number DESC)
            FILTER (WHERE completion_by IS NOT NULL))[1] AS completion_by,
        (array_agg(course_of_action ORDER BY statement_number DESC)
            FILTER (WHERE course_of_action IS NOT NULL))[1] AS course_of_action,
        (array_agg(estimate_status ORDER BY statement_number DESC)
            FILTER (WHERE estimate_status <> 'none' OR (estimate_status = 'none'
                AND effect IN ('original', 'adds_plan'))))[1] AS estimate_status,
        (array_agg(currency ORDER BY statement_number DESC)
            FILTER (WHERE currency IS NOT NULL))[1] AS currency,
        -- The bounds of one statement, of which one may be open.
        (array_agg(total_low ORDER BY statement_number DESC)
            FILTER (WHERE total_low IS NOT NULL OR total_high IS NOT NULL))[1] AS total_low,
        (array_agg(total_high ORDER BY statement_number DESC)
            FILTER (WHERE total_low IS NOT NULL OR total_high IS NOT NULL))[1] AS total_high,
        (array_agg(cash_low ORDER BY statement_number DESC)
            FILTER (WHERE cash_low IS NOT NULL OR cash_high IS NOT NULL))[1] AS cash_low,
        (array_agg(cash_high ORDER BY statement_number DESC)
            FILTER (WHERE cash_low IS NOT NULL OR cash_high IS NOT NULL))[1] AS cash_high,
        (array_agg(noncash_low ORDER BY statement_number DESC)
            FILTER (WHERE noncash_low IS NOT NULL OR noncash_high IS NOT NULL))[1] AS noncash_low,
        (array_agg(noncash_high ORDER BY statement_number DESC)
            FILTER (WHERE noncash_low IS NOT NULL OR noncash_high IS NOT NULL))[1] AS noncash_high,
        (array_agg(headcount_low ORDER BY statement_number DESC)
            FILTER (WHERE headcount_low IS NOT NULL OR headcount_high IS NOT NULL))[1] AS headcount_low,
        (array_agg(headcount_high ORDER BY statement_number DESC)
            FILTER (WHERE headcount_low IS NOT NULL OR headcount_high IS NOT NULL))[1] AS headcount_high,
        (array_agg(workforce_percent ORDER BY statement_number DESC)
            FILTER (WHERE workforce_percent IS NOT NULL))[1] AS workforce_percent,
        (array_agg(reconciliation ORDER BY statement_number DESC)
            FILTER (WHERE reconciliation IS NOT NULL))[1] AS reconciliation,
        sum(rejected_rows) AS rejected_rows
    FROM plan_statements_as_of('infinity'::TIMESTAMPTZ) AS statement
    LEFT JOIN exit_plans AS plan
        ON plan.accession_number = statement.accession_number
       AND plan.plan_ordinal = statement.stated_plan_ordinal
    GROUP BY statement.plan_accession_number, statement.plan_ordinal
),
sums AS (
    SELECT
        plan_accession_number,
        plan_ordinal,
        currency,
        count(*) AS charges_in_sum,
        sum(coalesce(amount_low, 0)) AS sum_low,
        sum(coalesce(amount_high, amount_low)) AS sum_high,
        count(*) FILTER (WHERE amount_low IS NULL) AS open_low_rows,
        count(*) FILTER (WHERE amount_high IS NULL) AS open_high_rows,
        sum(coalesce(amount_low, 0)) FILTER (WHERE category = 'severance') AS severance_low,
        sum(coalesce(amount_high, amount_low)) FILTER (WHERE category = 'severance') AS severance_high
    FROM current_charges
    WHERE counts_in_sum
    GROUP BY plan_accession_number, plan_ordinal, currency
)
SELECT
    plan_accession_number,
    plan_ordinal,
    cik,
    company_name,
    sic_code,
    sic_description,
    first_filed_date,
    last_filed_date,
    last_accession_number,
    amendments,
    commitment_date,
    announced_date,
    completion_text,
    completion_by,
    course_of_action,
    estimate_status,
    currency,
    workforce_percent,
    total_low,
    total_high,
    cash_low,
    cash_high,
    noncash_low,
    noncash_high,
    headcount_low,
    headcount_high,
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
