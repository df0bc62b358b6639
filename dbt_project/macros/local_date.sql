{# The calendar date, in time zone `zone`, of a UTC timestamp. #}
{% macro local_date(utc_timestamp, zone) -%}
    cast(timezone({{ zone }}, timezone('UTC', {{ utc_timestamp }})) as date)
{%- endmacro %}
