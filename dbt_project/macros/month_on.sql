{# The calendar month of a month index: 1 is the month of the programme's start. #}
{% macro month_on(programme_start, month_index) -%}
    {{ dbt.dateadd('month', month_index ~ ' - 1', programme_start) }}
{%- endmacro %}
