-- question: How many evaluated sections of a unit comply, and what is the composite CV, per stage?
-- grain: one row per stage, primary first
-- scope: district
select
    district_stage.stage,
    district_stage.section_count,
    district_stage.compliant_count,
    district_stage.undecidable_count,
    district_composite.composite_cv
from unit
inner join district_stage
    on
        unit.period = district_stage.period
        and unit.row_basis = district_stage.basis
        and unit.district_code = district_stage.district_code
left join district_composite
    on
        district_stage.period = district_composite.period
        and district_stage.basis = district_composite.basis
        and district_stage.district_code = district_composite.district_code
        and district_stage.stage = district_composite.stage
        and district_composite.regime = 'quality_balanced'
where unit.period = $period and unit.basis = $basis and unit.district_code = $district
order by district_stage.stage desc
