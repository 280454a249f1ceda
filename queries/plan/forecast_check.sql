-- question: How did the forecasts of earlier autumns do, up to a period?
-- grain: one row
-- scope: open
select
    cast(coalesce(sum(forecast_check.foretold_count), 0) as integer) as foretold_count,
    cast(coalesce(sum(forecast_check.inside_count), 0) as integer) as inside_count,
    coalesce(
        sum(forecast_check.claimed_share * forecast_check.foretold_count)
        / nullif(sum(forecast_check.foretold_count), 0),
        0
    ) as claimed_share
from forecast_check
where
    forecast_check.autumn <= (
        select max(year(snapshot_date)) from stg_snapshot
        where period = $period
    )
order by foretold_count
