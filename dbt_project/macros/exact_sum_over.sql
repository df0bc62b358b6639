{# exact_sum as a window function. #}
{% macro exact_sum_over(expression, window) -%}
    cast(sum(cast({{ expression }} as decimal(38, 12))) over ({{ window }}) as double)
{%- endmacro %}
