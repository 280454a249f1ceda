-- question: Which schools reported the very same counts as another, or every number as before?
-- grain: one row per evaluated school; `counts` names its counts, the same where all are the same
-- scope: rows
-- Two schools are compared by what is counted; a school and itself also by areas and money.
with evaluated as (
    select
        school_return.*,
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
    from school_return
    where
        school_return.period in ($period, $previous)
        and exists (
            select 1
            from section_verdict
            where
                section_verdict.return_id = school_return.return_id
                and section_verdict.is_in_scope
                and section_verdict.snapshot_date in (
                    select stg_snapshot.snapshot_date from stg_snapshot
                    where stg_snapshot.period in ($period, $previous)
                )
        )
)

select
    later.district_code,
    later.school_code,
    later.school_name,
    md5(cast(later.counts as varchar)) as counts,
    cast(len(list_filter(later.counts, lambda amount: amount > 0)) as integer) as count_number,
    cast(
        coalesce(later.pupils__primary, 0)
        + coalesce(later.pupils__junior, 0)
        + coalesce(later.pupils__senior, 0)
        as integer
    ) as pupils,
    coalesce(
        later.counts is not distinct from earlier.counts
        and later.others is not distinct from earlier.others
        and earlier.school_code is not null,
        false
    ) as is_as_before
from evaluated as later
left join evaluated as earlier
    on later.school_code = earlier.school_code and earlier.period = $previous
where later.period = $period
order by later.district_code, later.school_code
