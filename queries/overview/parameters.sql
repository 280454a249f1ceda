-- question: Which office parameters are in force in a period?
-- grain: one row per parameter
-- scope: open
select
    cat_parameters.parameter_code,
    cast(cat_parameters.value as double) as amount
from cat_parameters
inner join stg_snapshot
    on
        stg_snapshot.period = $period
        and stg_snapshot.snapshot_date >= cat_parameters.valid_from
        and stg_snapshot.snapshot_date <= coalesce(cat_parameters.valid_to, date '9999-12-31')
order by cat_parameters.parameter_code
