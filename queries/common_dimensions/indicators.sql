-- question: Which quality-balanced resource indicators are in force at a period?
-- grain: one row per indicator, in official order
-- scope: open
select
    cat_indicators.indicator_code,
    cat_indicators.name,
    cat_indicators.short_name,
    cat_indicators.unit,
    cat_indicators.gap_unit
from cat_indicators
inner join stg_snapshot
    on
        stg_snapshot.period = $period
        and stg_snapshot.snapshot_date >= cat_indicators.valid_from
        and stg_snapshot.snapshot_date <= coalesce(cat_indicators.valid_to, date '9999-12-31')
where cat_indicators.regime = 'quality_balanced'
order by cat_indicators.display_order
