-- Current charges by industry (SIC code of the filing that states them), year of filing and currency; rows that
-- count in the sum only. sum_low counts open lower bounds ("up to") as zero, sum_high counts open upper bounds ("at
-- least") as their lower bound; open_low_rows and open_high_rows say how many there were.
CREATE VIEW charges_by_industry AS
SELECT
    sic_code,
    (array_agg(sic_description ORDER BY filed_date DESC, accession_number DESC)
        FILTER (WHERE sic_description IS NOT NULL))[1] AS sic_description,
    extract(year FROM filed_date)::BIGINT AS filed_year,
    currency,
    count(DISTINCT cik) AS companies,
    count(DISTINCT (plan_accession_number, plan_ordinal)) AS plans,
    count(*) AS charges,
    sum(coalesce(amount_low, 0)) AS sum_low,
    sum(coalesce(amount_high, amount_low)) AS sum_high,
    count(*) FILTER (WHERE amount_low IS NULL) AS open_low_rows,
    count(*) FILTER (WHERE amount_high IS NULL) AS open_high_rows
FROM current_charges
WHERE counts_in_sum
GROUP BY sic_code, filed_year, currency
ORDER BY sic_code, filed_year, currency;
