{# Share of a team's project hours that usable hours save: usable hours spread over all its hours,
   and no more project hours than it has hours (model.md, section 3, margin: s * share). #}
{% macro saved_project_share(bankable_hours, baseline_hours, project_hours_year) -%}
    coalesce(
        {{ bankable_hours }} / nullif({{ baseline_hours }}, 0)
        * least(1, {{ baseline_hours }} * 12 / nullif({{ project_hours_year }}, 0)),
        0
    )
{%- endmacro %}
