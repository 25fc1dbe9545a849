-- Ten questions about a fund, each with a chart, for DuckDB in the directory of the batches:
--
--   duckdb -init views.sql -f /path/to/ten-questions.sql
--
-- They ask the views alone: withdrawn batches and drafts are not counted. Amounts are EUR, exact; a bar is for the eye.

-- 1. Where does every year stand today?
SELECT outcome, count(*) AS years, sum(definitive) AS definitive, bar(count(*), 0, sum(count(*)) OVER (), 40) AS share
FROM latest GROUP BY outcome ORDER BY outcome;

-- 2. What is definitive, year by year, and how much of it was not called before?
SELECT contribution_year, count(*) AS years, sum(definitive) AS definitive, sum(supplement) AS supplements,
       bar(sum(definitive), 0, max(sum(definitive)) OVER (), 40) AS chart
FROM latest GROUP BY contribution_year ORDER BY contribution_year;

-- 3. How old is what is open today? Payments that the last batch has read are off.
SELECT age, years, affiliates, open, bar(open, 0, sum(open) OVER (), 40) AS share FROM balances_by_age ORDER BY age;

-- 4. What is expected to come in, by the month in which it is due?
SELECT date_trunc('month', due_date)::DATE AS month, sum(claims) AS claims, sum(expected) AS expected,
       bar(sum(expected), 0, max(sum(expected)) OVER (), 40) AS chart
FROM cash_expected GROUP BY month ORDER BY month;

-- 5. Which categories owe supplements?
SELECT category, sum(affiliates) AS years, sum(supplement) AS supplements, bar(sum(supplement), 0, sum(sum(supplement)) OVER (), 40) AS share
FROM supplements_by_year GROUP BY category ORDER BY supplements DESC, category;

-- 6. How are the supplements spread? Each tenth of them, from the smallest to the greatest.
SELECT tenth, count(*) AS years, min(to_pay) AS smallest, max(to_pay) AS greatest, sum(to_pay) AS to_pay,
       bar(sum(to_pay), 0, max(sum(to_pay)) OVER (), 40) AS chart
FROM (SELECT to_pay, ntile(10) OVER (ORDER BY to_pay, niss, contribution_year) AS tenth FROM latest WHERE to_pay > 0)
GROUP BY tenth ORDER BY tenth;

-- 7. What did the nights of each month settle, and how many rows did they reject?
SELECT date_trunc('month', as_of)::DATE AS month, count(*) AS batches, sum(rows_settled) AS settled, sum(rows_rejected) AS rejected,
       bar(sum(rows_settled), 0, max(sum(rows_settled)) OVER (), 40) AS chart
FROM live WHERE job = 'run' GROUP BY month ORDER BY month;

-- 8. What is rejected and still open, and for how long?
SELECT code, count(*) AS rows, max(age) AS oldest, bar(count(*), 0, sum(count(*)) OVER (), 40) AS share
FROM open_rejects GROUP BY code ORDER BY rows DESC, code;

-- 9. What was refunded, and what of it could not be sent?
SELECT contribution_year, count(*) AS refunds, sum(amount) AS amount,
       coalesce(sum(amount) FILTER (status = 'refund_without_account'), 0) AS without_account,
       bar(sum(amount), 0, max(sum(amount)) OVER (), 40) AS chart
FROM payments WHERE kind = 'refund' GROUP BY contribution_year ORDER BY contribution_year;

-- 10. How many letters went out, to whom and in which language?
SELECT who, language, count(*) AS letters, sum(pages) AS pages, bar(count(*), 0, sum(count(*)) OVER (), 40) AS share
FROM (SELECT 'affiliates' AS who, language, pages FROM notices UNION ALL SELECT 'companies', language, pages FROM company_notices)
GROUP BY ALL ORDER BY who, language;
