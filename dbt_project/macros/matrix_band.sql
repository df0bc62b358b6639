{# The band of an axis of the matrix; null where the axis has no value. #}
{% macro matrix_band(axis) -%}
    case
        when {{ band_value(axis) }} >= {{ var('band_high_from') }} then 'high'
        when {{ band_value(axis) }} < {{ var('band_low_below') }} then 'low'
        when {{ axis }} is not null then 'middle'
    end
{%- endmacro %}
