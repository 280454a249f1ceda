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
from section_verdict
inner join membership
    on section_verdict.return_id = membership.return_id
inner join stg_school
    on section_verdict.return_id = stg_school.return_id
inner join unit
    on
        membership.period = unit.period
        and membership.basis = unit.row_basis
        and membership.district_code = unit.district_code
order by
    unit.basis, unit.snapshot_date, unit.district_code, section_verdict.stage,
    stg_school.school_code
