{# How often `element` stands in `list`; 0 for a null element. #}
{% macro occurrences(list, element) -%}
    len(list_filter({{ list }}, lambda entry: entry = {{ element }}))
{%- endmacro %}
