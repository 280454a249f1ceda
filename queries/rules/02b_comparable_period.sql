-- relation: comparable_period
-- grain: one row per asked period, basis and unit, and autumn up to it that may be set beside it
-- The autumn periods of a unit within the same boundaries: what a line through time may be drawn
-- through. A succession that moved only part of a unit breaks the comparison.
-- source: standard.md 4 (rollout plan); district_successions.csv
select
    unit.period,
    unit.snapshot_date,
    unit.district_code,
    unit.row_basis as basis,
    later.period as asked_period,
    later.row_basis as asked_basis,
    cast(year(unit.snapshot_date) as double)
    + cast(month(unit.snapshot_date) as double) / 12 as data_year
from unit
inner join unit as later
    on
        unit.district_code = later.district_code
        and unit.basis = later.basis
        and unit.snapshot_date <= later.snapshot_date
where
    unit.basis = 'as_was'
    and unit.is_annual
    and not exists (
        select 1
        from cat_district_successions
        where
            cat_district_successions.successor_code = unit.district_code
            and cat_district_successions.effective_on > unit.snapshot_date
            and cat_district_successions.effective_on <= later.snapshot_date
            and not cat_district_successions.is_whole
    )
order by later.period, later.row_basis, unit.district_code, unit.snapshot_date
