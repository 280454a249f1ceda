-- question: Does 资源配置 of one stage hold in each unit?
-- grain: one row per unit with a section of the stage
-- scope: rows
select
    unit.district_code,
    district_stage.complies,
    district_stage.section_count,
    cast(district_stage.compliant_count as integer) as compliant_count,
    cast(district_stage.over_limit_count as integer) as over_limit_count
from unit
inner join district_stage
    on
        unit.period = district_stage.period
        and unit.row_basis = district_stage.basis
        and unit.district_code = district_stage.district_code
where unit.period = $period and unit.basis = $basis and district_stage.stage = $stage
order by unit.district_code
