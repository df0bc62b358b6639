select
    provider,
    kappa,
    kappa_low,
    kappa_high,
    tags_count,
    reviewed_count,
    compared_count,
    reviewed_share,
    abstained_share
from fct_tag_quality
