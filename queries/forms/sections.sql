-- question: Which evaluated sections does 表Ⅱ-2 list, and what does it say of each?
-- grain: one row per evaluated section of a unit; primary first, by school code
select
    school_return.school_code,
    school_return.school_name,
    section_verdict.stage,
    coalesce(school_return.operator_type, '') as operator_type,
    section_verdict.pupils,
    case
        when section_verdict.stage = 'primary' then school_return.classes__primary
        else school_return.classes__junior
    end as classes,
    section_verdict.complies
from unit
inner join membership
    on
        unit.period = membership.period
        and unit.row_basis = membership.basis
        and unit.district_code = membership.district_code
inner join school_return
    on membership.return_id = school_return.return_id
inner join section_verdict
    on membership.return_id = section_verdict.return_id
where
    unit.period = $period
    and unit.basis = $basis
    and unit.district_code = $district
    and section_verdict.is_in_scope
order by section_verdict.stage desc, school_return.school_code asc
