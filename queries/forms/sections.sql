-- question: Which evaluated sections does 表Ⅱ-2 list, and what does it say of each?
-- grain: one row per evaluated section of a unit; primary first, by school code
-- scope: district
select
    unit_section.school_code,
    unit_section.school_name,
    unit_section.stage,
    coalesce(school_return.operator_type, '') as operator_type,
    unit_section.pupils,
    case
        when unit_section.stage = 'primary' then school_return.classes__primary
        else school_return.classes__junior
    end as classes,
    unit_section.complies
from unit_section
inner join school_return
    on unit_section.return_id = school_return.return_id
where
    unit_section.period = $period
    and unit_section.basis = $basis
    and unit_section.district_code = $district
    and unit_section.is_in_scope
order by unit_section.stage desc, unit_section.school_code asc
