{# A value to two significant digits, so that a benchmark does not hold one agency's exact figure. #}
{% macro two_digits(expression) -%}
    case
        when {{ expression }} = 0 then 0
        else
            round({{ expression }} * power(10, 1 - floor(log10(abs({{ expression }})))))
            / power(10, 1 - floor(log10(abs({{ expression }}))))
    end
{%- endmacro %}
