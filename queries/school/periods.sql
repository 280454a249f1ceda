-- question: In which periods, under which name, type and unit did one school report?
-- grain: one row per period, oldest first
-- scope: school
with own as materialized (
    select
        return_id,
        period,
        school_name,
        school_type,
        district_code,
        operator_type,
        area_type,
        pupils__primary,
        pupils__junior,
        pupils__senior
    from school_return
    where school_code = $school
),

judged as (
    select
        own.return_id,
        bool_and(section_verdict.complies) as complies,
        count(*) filter (where section_verdict.complies is null) as undecidable_count
    from own
    inner join section_verdict
        on own.return_id = section_verdict.return_id
    where section_verdict.is_in_scope
    group by own.return_id
)

select
    own.period,
    stg_snapshot.snapshot_date,
    own.school_name,
    own.school_type,
    cat_school_types.name as school_type_name,
    own.district_code,
    cat_districts.name as district_name,
    coalesce(cat_operator_types.name, '') as operator_name,
    coalesce(own.area_type, '') as area_type,
    own.pupils__primary as primary_pupils,
    own.pupils__junior as junior_pupils,
    own.pupils__senior as senior_pupils,
    judged.return_id is not null as is_in_scope,
    case
        when judged.complies = false then false
        when judged.undecidable_count = 0 then judged.complies
    end as complies
from own
inner join stg_snapshot
    on own.period = stg_snapshot.period
inner join cat_school_types
    on own.school_type = cat_school_types.school_type
inner join cat_districts
    on own.district_code = cat_districts.district_code
left join cat_operator_types
    on own.operator_type = cast(cat_operator_types.operator_type as varchar)
left join judged
    on own.return_id = judged.return_id
order by stg_snapshot.snapshot_date
