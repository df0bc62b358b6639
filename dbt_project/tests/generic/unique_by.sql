{# Fails on each key that more than one row carries, or that is null in its first column. #}
{% test unique_by(model, columns) %}
select {{ columns | join(', ') }}, count(*) as rows_count
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1 or {{ columns[0] }} is null
{% endtest %}
