-- question: In which periods, under which name, type and unit did one school report?
-- grain: one row per period, oldest first
-- scope: school
with judged as (
    select
        section_verdict.return_id,
        bool_and(section_verdict.complies) as complies,
        count(*) filter (where section_verdict.complies is null) as undecidable_count
    from section_verdict
    where
        section_verdict.is_in_scope
        and section_verdict.return_id in (
            select school_return.return_id from school_return
            where school_return.school_code = $school
        )
    group by section_verdict.return_id
)

select
    school_return.period,
    stg_snapshot.snapshot_date,
    school_return.school_name,
    school_return.school_type,
    cat_school_types.name as school_type_name,
    school_return.district_code,
    cat_districts.name as district_name,
    coalesce(cat_operator_types.name, '') as operator_name,
    coalesce(school_return.area_type, '') as area_type,
    school_return.pupils__primary as primary_pupils,
    school_return.pupils__junior as junior_pupils,
    school_return.pupils__senior as senior_pupils,
    case
        when judged.complies = false then false
        when judged.undecidable_count = 0 then judged.complies
    end as complies
from school_return
inner join stg_snapshot
    on school_return.period = stg_snapshot.period
inner join cat_school_types
    on school_return.school_type = cat_school_types.school_type
inner join cat_districts
    on school_return.district_code = cat_districts.district_code
left join cat_operator_types
    on school_return.operator_type = cast(cat_operator_types.operator_type as varchar)
left join judged
    on school_return.return_id = judged.return_id
where school_return.school_code = $school
order by stg_snapshot.snapshot_date
