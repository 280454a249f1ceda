-- relation: unit_cv
-- grain: one row per period, basis, unit, stage and quality-balanced indicator
-- The CVs of the units as pages ask for them: under either basis, by period or over time; with the
-- share of compliant sections of the stage and what they must be supplied with of the indicator.
-- Each measure is judged by its line: the CV by its limit, the mean by the threshold, the share by
-- all sections complying, the amount by nothing to supply. Of a unit that cannot be recast whole no
-- measure is known, since some of its sections are not.
-- source: 02_unit, 02d_indicator_in_force, 07_district_indicator, 10_district_stage,
-- 12_district_gap
select
    unit.period,
    unit.snapshot_date,
    unit.is_annual,
    unit.basis,
    unit.district_code,
    unit.row_basis,
    unit.is_recast_complete,
    district_indicator.stage,
    district_indicator.indicator_code,
    district_indicator.cv,
    cast(district_indicator.cv_limit as double) as cv_limit,
    district_indicator.limit_ratio,
    district_indicator.is_within_limit,
    district_indicator.district_mean,
    case
        when unit.is_recast_complete
            then
                cast(district_stage.compliant_count as double)
                / nullif(cast(district_stage.section_count as double), 0)
    end as compliant_share,
    case when unit.is_recast_complete then coalesce(district_gap.stage_gap, 0) end as stage_gap,
    cast(indicator_in_force.threshold as double) as threshold,
    cast(district_indicator.district_mean as decimal(30, 12)) >= indicator_in_force.threshold
        as is_mean_reached,
    case
        when unit.is_recast_complete
            then district_stage.compliant_count = district_stage.section_count
    end as is_all_compliant,
    case when unit.is_recast_complete then coalesce(district_gap.stage_gap, 0) = 0 end
        as is_nothing_owed
from unit
inner join district_indicator
    on
        unit.period = district_indicator.period
        and unit.row_basis = district_indicator.basis
        and unit.district_code = district_indicator.district_code
inner join indicator_in_force
    on
        unit.period = indicator_in_force.period
        and district_indicator.stage = indicator_in_force.stage
        and district_indicator.indicator_code = indicator_in_force.indicator_code
left join district_stage
    on
        unit.period = district_stage.period
        and unit.row_basis = district_stage.basis
        and unit.district_code = district_stage.district_code
        and district_indicator.stage = district_stage.stage
left join district_gap
    on
        unit.period = district_gap.period
        and unit.row_basis = district_gap.basis
        and unit.district_code = district_gap.district_code
        and district_indicator.stage = district_gap.stage
        and district_indicator.indicator_code = district_gap.indicator_code
where district_indicator.regime = 'quality_balanced'
order by
    unit.basis, district_indicator.indicator_code, district_indicator.stage, unit.snapshot_date,
    unit.district_code
