-- question: Which schools reported the very same counts as another, or every number as before?
-- grain: one row per evaluated school; `counts` names its counts, the same where all are the same
-- scope: rows
-- Two schools are compared by what is counted; a school and itself also by areas and money.
with evaluated as (
    select distinct return_id
    from section_verdict
    where is_in_scope
),

reported as (
    select
        period,
        district_code,
        school_code,
        school_name,
        pupils__primary,
        pupils__junior,
        pupils__senior,
        classes__primary,
        classes__junior,
        full_time_teachers__primary,
        full_time_teachers__junior,
        above_required_degree_teachers__primary,
        above_required_degree_teachers__junior,
        backbone_teachers__primary,
        backbone_teachers__junior,
        pe_arts_teachers__primary,
        pe_arts_teachers__junior,
        intermediate_title_teachers__primary,
        intermediate_title_teachers__junior,
        multimedia_rooms,
        computers,
        books,
        teaching_aux_area_m2,
        sports_ground_area_m2,
        equipment_value_wan,
        public_budget_yuan,
        training_spend_yuan
    from school_return
    inner join evaluated
        on school_return.return_id = evaluated.return_id
    where period in ($period, $previous)
),

counted as (
    select
        period,
        district_code,
        school_code,
        school_name,
        field,
        amount,
        not regexp_matches(field, '_(m2|wan|yuan)$') as is_count
    from reported
    unpivot (
        amount for field in (
            pupils__primary,
            pupils__junior,
            pupils__senior,
            classes__primary,
            classes__junior,
            full_time_teachers__primary,
            full_time_teachers__junior,
            above_required_degree_teachers__primary,
            above_required_degree_teachers__junior,
            backbone_teachers__primary,
            backbone_teachers__junior,
            pe_arts_teachers__primary,
            pe_arts_teachers__junior,
            intermediate_title_teachers__primary,
            intermediate_title_teachers__junior,
            multimedia_rooms,
            computers,
            books,
            teaching_aux_area_m2,
            sports_ground_area_m2,
            equipment_value_wan,
            public_budget_yuan,
            training_spend_yuan
        )
    )
),

vector as (
    select
        period,
        district_code,
        school_code,
        school_name,
        md5(string_agg(concat(field, '=', amount), '|' order by field)) as record,
        md5(string_agg(case when is_count then concat(field, '=', amount) end, '|' order by field))
            as counts,
        cast(sum(case when is_count and amount > 0 then 1 else 0 end) as integer) as count_number,
        cast(sum(case when starts_with(field, 'pupils') then amount else 0 end) as integer)
            as pupils
    from counted
    group by period, district_code, school_code, school_name
)

select
    vector.district_code,
    vector.school_code,
    vector.school_name,
    vector.counts,
    vector.count_number,
    vector.pupils,
    coalesce(vector.record = earlier.record, false) as is_as_before
from vector
left join vector as earlier
    on vector.school_code = earlier.school_code and earlier.period = $previous
where vector.period = $period
order by vector.district_code, vector.school_code
