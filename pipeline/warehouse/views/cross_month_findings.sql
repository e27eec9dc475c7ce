-- What stands out where months or filings are compared: the check that found it, the filing and row that it is about
-- (neither for a whole month) and what was observed. Nothing is rejected for it. amendment_has_original: an 8-K/A with
-- plans amends a filing that is here. earlier_estimate_was_filed: an earlier estimate that a filing quotes is one of
-- the registrant's earlier filings, where there is any. filings_are_usual: a month has about as many filings as the
-- year before. amounts_are_usual: its median charge in US dollars is within a fifth and five times the year's.
CREATE VIEW cross_month_findings AS
WITH monthly AS (
    SELECT
        filed_month,
        left(filed_month, 4)::INTEGER * 12 + right(filed_month, 2)::INTEGER AS month_number,
        count(accession_number) AS filings,
        filed_month = (SELECT max(filed_month) FROM published_months) AS may_still_run
    FROM published_months
    LEFT JOIN filings USING (filed_month)
    GROUP BY filed_month
),
amounts AS (
    SELECT
        monthly.filed_month,
        monthly.month_number,
        coalesce(amount_high, amount_low)::DOUBLE PRECISION AS amount
    FROM charges
    JOIN monthly USING (filed_month)
    WHERE counts_in_sum AND currency = 'USD'
),
usual_filings AS (
    SELECT
        this.filed_month,
        this.filings,
        this.may_still_run,
        count(*) AS months,
        avg(before.filings)::DOUBLE PRECISION AS usual
    FROM monthly AS this
    JOIN monthly AS before ON before.month_number BETWEEN this.month_number - 12 AND this.month_number - 1
    GROUP BY this.filed_month, this.filings, this.may_still_run
),
medians AS (
    SELECT
        filed_month,
        month_number,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY amount) AS amount,
        count(*) AS charges
    FROM amounts
    GROUP BY filed_month, month_number
),
usual_amounts AS (
    SELECT
        this.filed_month,
        this.amount,
        this.charges,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY before.amount) AS usual,
        count(*) AS charges_before
    FROM medians AS this
    JOIN monthly AS earlier ON earlier.month_number BETWEEN this.month_number - 12 AND this.month_number - 1
    JOIN amounts AS before ON before.filed_month = earlier.filed_month
    GROUP BY this.filed_month, this.amount, this.charges
),
known AS (
    SELECT *, coalesce(accepted_at, (filed_date + INTERVAL '1 day')::TIMESTAMP AT TIME ZONE 'UTC') AS known_at
    FROM filings
),
stated_before AS (
    SELECT
        quoting.accession_number,
        earlier_charge.currency,
        earlier_charge.amount_low,
        earlier_charge.amount_high
    FROM known AS quoting
    JOIN known AS earlier ON earlier.cik = quoting.cik AND earlier.known_at < quoting.known_at
    JOIN charges AS earlier_charge ON earlier_charge.accession_number = earlier.accession_number
)
SELECT
    'amendment_has_original' AS check_id,
    amendment.filed_month,
    amendment.accession_number,
    'exit_plans' AS table_name,
    plan.accession_number || '|' || plan.plan_ordinal AS row_key,
    'no filing that it amends is here' AS observed
FROM filings AS amendment
JOIN exit_plans AS plan USING (accession_number)
WHERE amendment.is_amendment
  AND NOT EXISTS (
    SELECT 1 FROM amendments AS link WHERE link.amendment_accession_number = amendment.accession_number
  )
UNION ALL
SELECT
    'earlier_estimate_was_filed',
    filed_month,
    accession_number,
    'charges',
    charge_id,
    concat_ws(' ', quoted.currency, concat_ws(' to ', quoted.amount_low, quoted.amount_high))
FROM charges AS quoted
JOIN stated_before AS stated USING (accession_number)
WHERE quoted.role = 'revision_prior'
GROUP BY filed_month, accession_number, charge_id, quoted.currency, quoted.amount_low, quoted.amount_high
HAVING NOT bool_or(
    stated.currency IS NOT DISTINCT FROM quoted.currency
    AND stated.amount_low IS NOT DISTINCT FROM quoted.amount_low
    AND stated.amount_high IS NOT DISTINCT FROM quoted.amount_high
)
UNION ALL
SELECT
    'filings_are_usual',
    filed_month,
    NULL,
    'filings',
    NULL,
    filings || ' filings, in the year before ' || usual::DECIMAL(18, 1) || ' a month'
FROM usual_filings
WHERE months >= 6
  AND (filings > usual + 4 * sqrt(usual) + 2 OR (filings < usual - 3 * sqrt(usual) AND NOT may_still_run))
UNION ALL
SELECT
    'amounts_are_usual',
    filed_month,
    NULL,
    'charges',
    NULL,
    'median charge ' || amount::DECIMAL(18, 0) || ', in the year before ' || usual::DECIMAL(18, 0)
FROM usual_amounts
WHERE charges >= 20 AND charges_before >= 100 AND amount NOT BETWEEN usual / 5 AND usual * 5
ORDER BY 1, 2, 3, 4, 5, 6;
