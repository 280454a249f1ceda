-- question: How many shortages of sections of a unit closed over the autumns, how many passively?
-- grain: one row
-- scope: district
-- Passive: the section came to its line though its resources did not grow, because its pupils fell.
-- Compared are consecutive autumns within the same boundaries, as the forecast does.
with autumn as (
    select
        comparable_period.period,
        comparable_period.basis,
        comparable_period.district_code,
        year(comparable_period.snapshot_date) as autumn
    from unit
    inner join comparable_period
        on
            unit.period = comparable_period.asked_period
            and unit.row_basis = comparable_period.asked_basis
            and unit.district_code = comparable_period.district_code
    where unit.period = $period and unit.basis = $basis and unit.district_code = $district
),

cell as (
    select
        unit_section.school_code,
        unit_section.stage,
        section_indicator.indicator_code,
        section_indicator.is_met,
        section_indicator.pupils,
        section_indicator.section_total * cast(section_indicator.factor as double) as amount,
        autumn.autumn,
        lag(autumn.autumn) over history as previous_autumn,
        lag(section_indicator.is_met) over history as was_met,
        lag(section_indicator.pupils) over history as pupils_before,
        lag(section_indicator.section_total * cast(section_indicator.factor as double)) over history
            as amount_before
    from autumn
    inner join unit_section
        on
            autumn.period = unit_section.period
            and autumn.basis = unit_section.basis
            and autumn.district_code = unit_section.district_code
    inner join section_indicator
        on
            unit_section.return_id = section_indicator.return_id
            and unit_section.stage = section_indicator.stage
    where section_indicator.is_in_scope and section_indicator.regime = 'quality_balanced'
    window
        history as (
            partition by
                unit_section.school_code, unit_section.stage, section_indicator.indicator_code
            order by autumn.autumn
        )
)

select
    cast(count(*) as integer) as closed_count,
    cast(count(*) filter (where amount <= amount_before and pupils < pupils_before) as integer)
        as passive_count
from cell
where was_met = false and is_met and autumn = previous_autumn + 1
order by closed_count
