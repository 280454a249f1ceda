-- question: What does every school owe of every indicator, each supply counted once?
-- grain: one row per unit, school and indicator of which the school owes something
-- The same amounts as the gap bill of the unit: their sum over its schools is what the bill says.
-- scope: rows
select
    unit_section.district_code,
    unit_section.school_code,
    unit_section.school_name,
    section_gap.indicator_code,
    cat_indicators.gap_unit,
    cast(sum(section_gap.binding_gap) as bigint) as gap
from unit_section
inner join section_gap
    on
        unit_section.return_id = section_gap.return_id
        and unit_section.stage = section_gap.stage
inner join cat_indicators
    on section_gap.indicator_code = cat_indicators.indicator_code
where
    unit_section.period = $period
    and unit_section.basis = $basis
    and unit_section.is_in_scope
group by
    unit_section.district_code,
    unit_section.school_code,
    unit_section.school_name,
    section_gap.indicator_code,
    cat_indicators.gap_unit
having sum(section_gap.binding_gap) > 0
order by
    unit_section.district_code asc,
    section_gap.indicator_code asc,
    gap desc,
    unit_section.school_code asc
