{# Fails when a join made rows appear or vanish: the model has as many rows as `expected` counts. #}
{% test same_row_count(model, expected) %}
select found.rows_count, expected.rows_count as expected_count
from (select count(*) as rows_count from {{ model }}) as found
cross join (select count(*) as rows_count from {{ expected }}) as expected
where found.rows_count <> expected.rows_count
{% endtest %}
