-- question: Which schools reported the very same counts as another, or every number as before?
-- grain: one row per evaluated school; `counts` names its counts, the same where all are the same
-- scope: rows
-- Two schools are compared by what is counted; a school and itself also by areas and money.
-- A school has one row for each of its sections up to `compared`, all with the same counts.
with both_returns as (
    select
        later.district_code,
        later.school_code,
        later.school_name,
        earlier.return_id as previous_id,
        unnest([later.return_id, earlier.return_id]) as return_id
    from stg_school as later
    left join stg_school as earlier
        on later.school_code = earlier.school_code and earlier.period = $previous
    where later.period = $period
),

evaluated as (
    select
        both_returns.district_code,
        both_returns.school_code,
        both_returns.school_name,
        coalesce(both_returns.return_id = both_returns.previous_id, false) as is_earlier,
        coalesce(school_return.pupils__primary, 0)
        + coalesce(school_return.pupils__junior, 0)
        + coalesce(school_return.pupils__senior, 0) as pupils,
        [
            school_return.pupils__primary,
            school_return.pupils__junior,
            school_return.pupils__senior,
            school_return.classes__primary,
            school_return.classes__junior,
            school_return.full_time_teachers__primary,
            school_return.full_time_teachers__junior,
            school_return.above_required_degree_teachers__primary,
            school_return.above_required_degree_teachers__junior,
            school_return.backbone_teachers__primary,
            school_return.backbone_teachers__junior,
            school_return.pe_arts_teachers__primary,
            school_return.pe_arts_teachers__junior,
            school_return.intermediate_title_teachers__primary,
            school_return.intermediate_title_teachers__junior,
            school_return.multimedia_rooms,
            school_return.computers,
            school_return.books
        ] as counts,
        [
            school_return.teaching_aux_area_m2,
            school_return.sports_ground_area_m2,
            school_return.equipment_value_wan,
            school_return.public_budget_yuan,
            school_return.training_spend_yuan
        ] as others
    from both_returns
    inner join school_return
        on both_returns.return_id = school_return.return_id
    inner join section_verdict
        on both_returns.return_id = section_verdict.return_id
    where section_verdict.is_in_scope
),

compared as (
    select
        district_code,
        school_code,
        school_name,
        any_value(counts) filter (where not is_earlier) as counts,
        any_value(others) filter (where not is_earlier) as others,
        any_value(counts) filter (where is_earlier) as earlier_counts,
        any_value(others) filter (where is_earlier) as earlier_others,
        cast(any_value(pupils) filter (where not is_earlier) as integer) as pupils
    from evaluated
    group by district_code, school_code, school_name
    having count(*) filter (where not is_earlier) > 0
)

select
    district_code,
    school_code,
    school_name,
    md5(cast(counts as varchar)) as counts,
    cast(len(list_filter(counts, lambda amount: amount > 0)) as integer) as count_number,
    pupils,
    coalesce(counts = earlier_counts and others = earlier_others, false) as is_as_before
from compared
order by district_code, school_code
