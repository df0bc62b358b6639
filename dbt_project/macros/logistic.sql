{# The logistic curve of adoption, steepness included. #}
{% macro logistic(months) -%}
    (1 / (1 + exp(-cast({{ var('ramp_steepness') }} as double) * ({{ months }}))))
{%- endmacro %}
