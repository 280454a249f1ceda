-- question: Which place has each unit among all units and in its group?
-- grain: one row per unit, in league order
-- scope: rows
select
    district_code,
    league_order,
    is_small,
    is_undecided,
    city_place,
    ranked_count,
    is_tied,
    group_place,
    group_ranked_count,
    is_group_tied
from unit_rank
where period = $period and basis = $basis
order by league_order
