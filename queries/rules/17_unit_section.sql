-- relation: unit_section
-- grain: one row per period, basis, unit and section
-- by period: unit, membership, stg_school, section_verdict
-- The sections of the units as pages ask for them: under either basis, with name and verdict.
-- source: 01_membership, 02_unit, 06_section_verdict
select
    unit.period,
    unit.snapshot_date,
    unit.basis,
    unit.row_basis,
    unit.district_code,
    section_verdict.return_id,
    section_verdict.stage,
    stg_school.school_code,
    stg_school.school_name,
    section_verdict.pupils,
    section_verdict.is_in_scope,
    section_verdict.reason_code,
    section_verdict.met_count,
    section_verdict.missed_count,
    section_verdict.below_floor_count,
    section_verdict.complies
from unit
inner join membership
    on
        unit.period = membership.period
        and unit.row_basis = membership.basis
        and unit.district_code = membership.district_code
inner join stg_school
    on membership.return_id = stg_school.return_id
inner join section_verdict
    on membership.return_id = section_verdict.return_id
order by
    unit.basis, unit.snapshot_date, unit.district_code, section_verdict.stage,
    stg_school.school_code
