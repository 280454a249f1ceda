-- relation: unit_gap
-- grain: one row per period, basis, unit, stage and indicator that a failing section is short of
-- What a unit owes as pages ask for it: under either basis, with the words of the indicator.
-- source: 02_unit, 12_district_gap
select
    unit.period,
    unit.basis,
    unit.district_code,
    cat_districts.short_name,
    district_gap.stage,
    district_gap.indicator_code,
    cat_indicators.short_name as indicator_name,
    cat_indicators.gap_unit,
    cat_indicators.display_order,
    cast(district_gap.binding_section_count as integer) as section_count,
    cast(district_gap.spare_section_count as integer) as spare_section_count,
    district_gap.binding_gap,
    district_gap.stage_gap
from unit
inner join cat_districts
    on unit.district_code = cat_districts.district_code
inner join district_gap
    on
        unit.period = district_gap.period
        and unit.row_basis = district_gap.basis
        and unit.district_code = district_gap.district_code
inner join cat_indicators
    on district_gap.indicator_code = cat_indicators.indicator_code
where district_gap.binding_section_count + district_gap.spare_section_count > 0
order by
    unit.period,
    unit.basis,
    unit.district_code,
    district_gap.stage desc,
    cat_indicators.display_order
