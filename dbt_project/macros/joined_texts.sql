{# The different texts of a group in one cell, in alphabetical order; null where there is none. #}
{% macro joined_texts(expression) -%}
    string_agg(distinct nullif(trim({{ expression }}), ''), ' | ' order by nullif(trim({{ expression }}), ''))
{%- endmacro %}
