-- Views over the batches of a fund, for DuckDB. Start it in the directory of the batches:
--
--   cd batches && duckdb -init views.sql
--
-- They read the compacted tables in current/: batches that were withdrawn, and drafts, are in none of them but `batches`.
-- Every table and column is described in datapackage.json and in docs/reference/tables.md. Amounts are EUR.

-- The tables.
CREATE OR REPLACE VIEW batches          AS FROM read_parquet('current/batches/part-*.parquet');
CREATE OR REPLACE VIEW regularisations  AS FROM read_parquet('current/versions/part-*.parquet');
CREATE OR REPLACE VIEW surcharges       AS FROM read_parquet('current/surcharges/part-*.parquet');
CREATE OR REPLACE VIEW entries          AS FROM read_parquet('current/entries/part-*.parquet');
CREATE OR REPLACE VIEW balances         AS FROM read_parquet('current/balances/part-*.parquet');
CREATE OR REPLACE VIEW payments         AS FROM read_parquet('current/payments/part-*.parquet');
CREATE OR REPLACE VIEW notices          AS FROM read_parquet('current/notices/part-*.parquet');
CREATE OR REPLACE VIEW latest_companies AS FROM read_parquet('current/companies/part-*.parquet');
CREATE OR REPLACE VIEW companies        AS FROM read_parquet('current/company_versions/part-*.parquet');
CREATE OR REPLACE VIEW company_entries  AS FROM read_parquet('current/company_entries/part-*.parquet');
CREATE OR REPLACE VIEW company_balances AS FROM read_parquet('current/company_balances/part-*.parquet');
CREATE OR REPLACE VIEW company_payments AS FROM read_parquet('current/company_payments/part-*.parquet');
CREATE OR REPLACE VIEW company_notices  AS FROM read_parquet('current/company_notices/part-*.parquet');

-- Better names of `regularisations` and `companies`, which are the last versions in current/ and all versions here.
CREATE OR REPLACE VIEW versions         AS FROM regularisations;
CREATE OR REPLACE VIEW company_versions AS FROM companies;

-- A year that was settled again after the national number was replaced stands among the versions under both numbers. The dossier is the
-- same: the version under the former number counts no more, and is not in current/regularisations.
CREATE OR REPLACE VIEW renumbered AS
WITH each AS (SELECT niss, contribution_year, max(version) AS version, CAST(any_value(dossier) AS INTEGER) AS file
              FROM regularisations GROUP BY niss, contribution_year),
     many AS (SELECT file, contribution_year, max(version) AS newest FROM each GROUP BY ALL HAVING count(*) > 1)
SELECT niss, contribution_year FROM each JOIN many USING (file, contribution_year) WHERE version < newest;

-- The last version of each affiliate's year, and its quarters.
CREATE OR REPLACE VIEW latest   AS FROM read_parquet('current/regularisations/part-*.parquet');
CREATE OR REPLACE VIEW quarters AS FROM read_parquet('current/quarters/part-*.parquet');

-- The batches that count, and the day of the last one: "today" of the views below. None of them looks at the clock.
CREATE OR REPLACE VIEW live  AS FROM batches WHERE state = 'published';
CREATE OR REPLACE VIEW today AS
SELECT max(as_of) FILTER (job = 'run') AS day, max(as_of) FILTER (job = 'companies') AS company_day FROM live;

-- Rejects that no later batch has closed, each once, with their age in days.
CREATE OR REPLACE VIEW open_rejects AS
SELECT r.*, date_diff('day', since, day) AS age FROM read_parquet('current/rejects_open/part-*.parquet') AS r, today;
CREATE OR REPLACE VIEW open_company_rejects AS
SELECT r.*, date_diff('day', since, company_day) AS age FROM read_parquet('current/company_rejects_open/part-*.parquet') AS r, today;

-- What each notice asks to be paid: one row for each version that claims something, and the version that came after it.
CREATE OR REPLACE VIEW claims AS
SELECT niss, dossier, contribution_year, version, batch, notified_on, due_date, reference,
       to_pay - offset_received + coalesce(surcharge_to_pay, greatest(surcharge, 0)) AS claimed,
       lead(version) OVER (PARTITION BY CAST(dossier AS INTEGER), contribution_year ORDER BY version) AS replaced_by
FROM regularisations
QUALIFY claimed > 0;

-- What is expected to come in: the claims of last versions that are not due yet, by due date.
CREATE OR REPLACE VIEW cash_expected AS
SELECT due_date, count(*) AS claims, sum(claimed) AS expected
FROM claims, today WHERE replaced_by IS NULL AND due_date >= day
GROUP BY due_date ORDER BY due_date;

-- What was open on each affiliate's year when it was settled last (owed less paid, less what refunds of other years pay, and the new
-- surcharge), by the age of the oldest part: not due yet, or so many days after the due date. Payments since the notice are not in it.
CREATE OR REPLACE VIEW receivables AS
SELECT niss, dossier, contribution_year, notified_on, reference,
       arrears + to_pay - offset_received + coalesce(surcharge_to_pay, greatest(surcharge, 0)) AS open,
       CASE WHEN arrears > 0 THEN make_date(contribution_year, 12, 31) ELSE due_date END AS oldest_due_date,
       greatest(0, date_diff('day', CASE WHEN arrears > 0 THEN make_date(contribution_year, 12, 31) ELSE due_date END, day)) AS days_late
FROM latest, today
WHERE arrears + to_pay - offset_received + coalesce(surcharge_to_pay, greatest(surcharge, 0)) > 0;
CREATE OR REPLACE VIEW receivables_by_age AS
SELECT CASE WHEN days_late = 0 THEN '1: not late' WHEN days_late <= 90 THEN '2: 1 to 90 days' WHEN days_late <= 365 THEN '3: 91 to 365 days'
            WHEN days_late <= 730 THEN '4: 1 to 2 years' ELSE '5: over 2 years' END AS age,
       count(*) AS years, count(DISTINCT niss) AS affiliates, sum(open) AS open
FROM receivables GROUP BY ALL ORDER BY age;

-- What is open today by the balances of the last batch, also of years that no batch has settled, with every payment that it has read: by the
-- age of the oldest part. Since they are those of one day, they do not tell which notice claimed it.
CREATE OR REPLACE VIEW balances_by_age AS
SELECT CASE WHEN oldest_due_date IS NULL OR oldest_due_date >= day THEN '1: not late'
            WHEN oldest_due_date >= day - 90 THEN '2: 1 to 90 days' WHEN oldest_due_date >= day - 365 THEN '3: 91 to 365 days'
            WHEN oldest_due_date >= day - 730 THEN '4: 1 to 2 years' ELSE '5: over 2 years' END AS age,
       count(*) AS years, count(DISTINCT niss) AS affiliates, sum(open) AS open
FROM balances, today
WHERE open > 0
GROUP BY ALL ORDER BY age;

-- The same two of companies: what their last versions ask for, by the day until which it costs no more, and what is open by age.
CREATE OR REPLACE VIEW company_cash_expected AS
SELECT pay_by, count(*) AS claims, sum(to_pay + coalesce(surcharge_to_pay, greatest(surcharge, 0))) AS expected
FROM latest_companies, today
WHERE to_pay + coalesce(surcharge_to_pay, greatest(surcharge, 0)) > 0 AND pay_by >= company_day
GROUP BY pay_by ORDER BY pay_by;
CREATE OR REPLACE VIEW company_balances_by_age AS
SELECT CASE WHEN due_date IS NULL OR due_date >= company_day THEN '1: not late'
            WHEN due_date >= company_day - 90 THEN '2: 1 to 90 days' WHEN due_date >= company_day - 365 THEN '3: 91 to 365 days'
            WHEN due_date >= company_day - 730 THEN '4: 1 to 2 years' ELSE '5: over 2 years' END AS age,
       count(*) AS years, count(DISTINCT enterprise) AS companies, sum(open) AS open
FROM company_balances, today
WHERE open > 0
GROUP BY ALL ORDER BY age;

-- Supplements by category and contribution year. A year's supplement is one amount: by year it is told under the category of the
-- affiliate's last quarter that owes; by quarter it is what each quarter owes more than was called (less: 0), which adds up to more than
-- the years' supplements where a year has quarters of both kinds.
CREATE OR REPLACE VIEW supplements_by_year AS
SELECT contribution_year, category, count(*) AS affiliates, sum(supplement) AS supplement, sum(to_pay) AS to_pay
FROM latest JOIN (SELECT niss, contribution_year, arg_max(category, quarter) AS category FROM quarters
                   WHERE standing IN ('due', 'supplement_dispensed') GROUP BY ALL)
     USING (niss, contribution_year)
WHERE supplement > 0
GROUP BY ALL ORDER BY ALL;
CREATE OR REPLACE VIEW supplements_by_quarter AS
SELECT contribution_year, category, count(*) AS quarters, count(DISTINCT niss) AS affiliates, sum(definitive - called) AS supplement
FROM quarters WHERE definitive > called
GROUP BY ALL ORDER BY ALL;

-- Refunds that could not be sent: the register had no account.
CREATE OR REPLACE VIEW refunds_without_account AS
SELECT niss, dossier, contribution_year, amount, reference, batch, as_of AS ordered_on, date_diff('day', as_of, day) AS age
FROM payments JOIN live USING (batch), today
WHERE kind = 'refund' AND status = 'refund_without_account';

-- Statements that were sent after the last day of the month that follows the communication (RGS art. 43).
CREATE OR REPLACE VIEW late_statements AS
SELECT niss, dossier, contribution_year, version, batch, communicated_on, statement_deadline, notified_on,
       date_diff('day', statement_deadline, notified_on) AS days_late
FROM regularisations WHERE late_statement;

-- The career: each quarter of the years that were regularised, whether it counts, with its category and the year's income.
CREATE OR REPLACE VIEW career AS
SELECT q.niss, q.contribution_year, q.quarter, q.category, q.standing,
       q.standing IN ('due', 'supplement_dispensed', 'assimilated') AS counts,
       l.net_income, l.annual_income, q.definitive,
       l.paid - l.refund_gross >= l.definitive AS year_paid, l.notified_on
FROM quarters AS q JOIN latest AS l USING (niss, contribution_year);

-- What each affiliate paid in a calendar year, for any contribution year: the fiscal certificate. Batches hold no payments as they came in,
-- so it reads what the command for the certificates has written beside them, of one year:
--
--   regul certificate --year 2023 --to batches/certificates/2023
--
-- and then FROM certificate(2023), or FROM certificate('*') for all years that were written. Only rows with status = 'certified' may be told.
CREATE OR REPLACE MACRO certificate(calendar) AS TABLE
FROM read_parquet('certificates/' || calendar || '/certificate.parquet');
