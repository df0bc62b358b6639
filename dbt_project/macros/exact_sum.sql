{# A sum that does not depend on the order of its rows: floats are summed as decimals. #}
{% macro exact_sum(expression) -%}
    cast(sum(cast({{ expression }} as decimal(38, 12))) as double)
{%- endmacro %}

{# As sums are rounded: what remains of nothing is 0, and no trace of binary fractions. #}
{% macro exact_value(expression) -%}
    cast(cast({{ expression }} as decimal(38, 12)) as double)
{%- endmacro %}

{# Of the base case only: nobody reads it of a draw, and sums of decimals are dear. #}
{% macro of_base(expression) -%}
    case when case_id = 'base' then {{ expression }} end
{%- endmacro %}
