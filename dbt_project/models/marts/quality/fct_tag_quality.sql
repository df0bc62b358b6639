with providers as (
    select
        engagement_id,
        provider,
        count(*) as tags_count,
        count(reviewed_nature) as reviewed_count,
        cast(count(*) filter (where proposed_nature = 'undetermined') as double) / count(*)
            as abstained_share
    from {{ ref('int_tags_reviewed') }}
    group by engagement_id, provider
)

select
    providers.engagement_id,
    providers.provider,
    agreement.kappa,
    greatest(-1, agreement.kappa - {{ var('z_90') }} * agreement.standard_error) as kappa_low,
    least(1, agreement.kappa + {{ var('z_90') }} * agreement.standard_error) as kappa_high,
    providers.tags_count,
    providers.reviewed_count,
    coalesce(agreement.compared_count, 0) as compared_count,
    providers.reviewed_count / providers.tags_count as reviewed_share,
    providers.abstained_share
from providers
left join {{ ref('int_tag_agreement_measured') }} as agreement using (engagement_id, provider)
order by providers.engagement_id, providers.provider
