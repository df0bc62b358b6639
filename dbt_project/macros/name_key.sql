{# What a name is compared by: case, accents and spaces do not make another name. #}
{% macro name_key(name) -%}
    nullif(trim(regexp_replace(lower(strip_accents({{ name }})), '\s+', ' ', 'g')), '')
{%- endmacro %}
