{# The id of a flow: who waits for whom, for what; `?` where it was not said, null where nothing was. #}
{% macro flow_key(waiting_team, providing_team, object) -%}
    case
        when coalesce({{ waiting_team }}, {{ providing_team }}, {{ name_key(object) }}) is not null
            then
                coalesce({{ waiting_team }}, '?') || '<' || coalesce({{ providing_team }}, '?')
                || ':' || coalesce({{ name_key(object) }}, '?')
    end
{%- endmacro %}
