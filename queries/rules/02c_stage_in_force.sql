-- relation: stage_in_force
-- grain: one row per period and stage
-- The stages (学段) and the weights by which a mixed school is split, on the day of a period.
-- source: standard.md 1.2 (weights)
select
    stg_snapshot.period,
    stg_snapshot.snapshot_date,
    cat_split_weights.stage,
    cat_split_weights.weight
from stg_snapshot
inner join cat_split_weights
    on
        stg_snapshot.snapshot_date >= cat_split_weights.valid_from
        and stg_snapshot.snapshot_date <= coalesce(cat_split_weights.valid_to, date '9999-12-31')
order by stg_snapshot.snapshot_date, cat_split_weights.stage
