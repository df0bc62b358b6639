-- Months that metrics may be asked for, whether or not anything happened in them.
select cast(unnest(generate_series(date '2020-01-01', date '2049-12-01', interval 1 month)) as date)
    as month_on
