{# The id of a flow: who waits for whom, for what; `?` where it was not said. #}
{% macro flow_key(waiting_team, providing_team, object) -%}
    coalesce({{ waiting_team }}, '?') || '<' || coalesce({{ providing_team }}, '?')
    || ':' || coalesce({{ name_key(object) }}, '?')
{%- endmacro %}
