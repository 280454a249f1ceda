-- question: In which periods, under which name, type and unit did one school report?
-- grain: one row per period, oldest first
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
    school_return.pupils__senior as senior_pupils
from school_return
inner join stg_snapshot
    on school_return.period = stg_snapshot.period
inner join cat_school_types
    on school_return.school_type = cat_school_types.school_type
inner join cat_districts
    on school_return.district_code = cat_districts.district_code
left join cat_operator_types
    on school_return.operator_type = cast(cat_operator_types.operator_type as varchar)
where school_return.school_code = $school
order by stg_snapshot.snapshot_date
