-- relation: unit_boundary
-- grain: one row per period and unit whose boundary changed in part; as reported
-- `boundary_on` is the day of the last such change up to the period: what is older cannot be
-- carried on into a forecast.
-- source: standard.md 3 (districts have dates); district_successions.csv
select
    unit.period,
    unit.district_code,
    max(cat_district_successions.effective_on) as boundary_on
from unit
inner join cat_district_successions
    on
        unit.district_code = cat_district_successions.successor_code
        and not cat_district_successions.is_whole
        and unit.snapshot_date >= cat_district_successions.effective_on
where unit.basis = 'as_was'
group by unit.period, unit.district_code
order by unit.period, unit.district_code
