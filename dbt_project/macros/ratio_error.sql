{# Relative standard error of a ratio of sums: `squares` of its residuals over `persons_count`
   persons whose denominators sum to `denominator` (model.md, section 1, step 6). #}
{% macro ratio_error(squares, persons_count, denominator, ratio) -%}
    sqrt(
        {{ squares }}
        / nullif(
            {{ persons_count }} * ({{ persons_count }} - 1)
            * pow({{ denominator }} / {{ persons_count }}, 2),
            0
        )
    ) / nullif({{ ratio }}, 0)
{%- endmacro %}
