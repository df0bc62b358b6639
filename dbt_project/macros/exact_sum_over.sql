{# exact_sum as a window function. #}
{% macro exact_sum_over(expression, window, decimals=12) -%}
    cast(sum(cast({{ expression }} as decimal(38, {{ decimals }}))) over ({{ window }}) as double)
{%- endmacro %}
