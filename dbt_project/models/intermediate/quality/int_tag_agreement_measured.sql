-- Cohen's kappa, with the large-sample variance of Fleiss, Cohen and Everitt (1969). Where the
-- provider abstained there is no label to compare: that share is published beside it.
with pairs as (
    select
        engagement_id,
        provider,
        proposed_nature,
        reviewed_nature,
        count(*) as pair_count
    from {{ ref('int_tags_reviewed') }}
    where proposed_nature <> 'undetermined' and reviewed_nature is not null
    group by engagement_id, provider, proposed_nature, reviewed_nature
),

labels as (
    select engagement_id, provider, proposed_nature as nature from pairs
    union
    select engagement_id, provider, reviewed_nature from pairs
),

shares as (
    select
        labels.engagement_id,
        labels.provider,
        labels.nature,
        totals.compared_count,
        coalesce(sum(pairs.pair_count) filter (where pairs.proposed_nature = labels.nature), 0)
        / totals.compared_count as proposed_share,
        coalesce(sum(pairs.pair_count) filter (where pairs.reviewed_nature = labels.nature), 0)
        / totals.compared_count as reviewed_share
    from labels
    inner join pairs using (engagement_id, provider)
    inner join (
        select engagement_id, provider, cast(sum(pair_count) as double) as compared_count
        from pairs
        group by engagement_id, provider
    ) as totals using (engagement_id, provider)
    group by labels.engagement_id, labels.provider, labels.nature, totals.compared_count
),

chance as (
    select
        engagement_id,
        provider,
        any_value(compared_count) as compared_count,
        {{ exact_sum('proposed_share * reviewed_share') }} as expected_share
    from shares
    group by engagement_id, provider
),

observed as (
    select
        engagement_id,
        provider,
        coalesce(sum(pair_count) filter (where proposed_nature = reviewed_nature), 0)
            as agreed_count
    from pairs
    group by engagement_id, provider
),

kappas as (
    select
        chance.*,
        (observed.agreed_count / chance.compared_count - chance.expected_share)
        / nullif(1 - chance.expected_share, 0) as kappa
    from chance
    inner join observed using (engagement_id, provider)
    where chance.compared_count >= {{ var('min_reviewed_tags') }}
),

terms as (
    select
        pairs.engagement_id,
        pairs.provider,
        {{ exact_sum(
            'pairs.pair_count / kappas.compared_count * case
                when pairs.proposed_nature = pairs.reviewed_nature
                    then pow(
                        1 - (proposed.proposed_share + proposed.reviewed_share)
                        * (1 - kappas.kappa), 2
                    )
                else pow(
                    (1 - kappas.kappa) * (proposed.reviewed_share + reviewed.proposed_share), 2
                )
            end'
        ) }} as spread
    from pairs
    inner join kappas using (engagement_id, provider)
    inner join shares as proposed
        on
            pairs.engagement_id = proposed.engagement_id
            and pairs.provider = proposed.provider
            and pairs.proposed_nature = proposed.nature
    inner join shares as reviewed
        on
            pairs.engagement_id = reviewed.engagement_id
            and pairs.provider = reviewed.provider
            and pairs.reviewed_nature = reviewed.nature
    group by pairs.engagement_id, pairs.provider
)

select
    kappas.engagement_id,
    kappas.provider,
    kappas.kappa,
    cast(kappas.compared_count as bigint) as compared_count,
    sqrt(
        greatest(
            0,
            terms.spread - pow(
                kappas.kappa - kappas.expected_share * (1 - kappas.kappa), 2
            )
        )
        / (kappas.compared_count * pow(1 - kappas.expected_share, 2))
    ) as standard_error
from kappas
inner join terms using (engagement_id, provider)
where kappas.kappa is not null
