-- Current charges by the month in which the estimate that stands was filed, by currency and category; rows that
-- count in the sum only. sum_low counts open lower bounds ("up to") as zero, sum_high counts open upper bounds ("at
-- least") as their lower bound; open_low_rows and open_high_rows say how many there were.
CREATE VIEW charges_by_month AS
SELECT
    filed_month,
    currency,
    category,
    count(DISTINCT (plan_accession_number, plan_ordinal)) AS plans,
    count(*) AS charges,
    sum(coalesce(amount_low, 0)) AS sum_low,
    sum(coalesce(amount_high, amount_low)) AS sum_high,
    count(*) FILTER (WHERE amount_low IS NULL) AS open_low_rows,
    count(*) FILTER (WHERE amount_high IS NULL) AS open_high_rows
FROM current_charges
WHERE counts_in_sum
GROUP BY filed_month, currency, category
ORDER BY filed_month, currency, category;
