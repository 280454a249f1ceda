-- relation: district_verdict
-- grain: one row per period, stored basis and unit
-- The overall verdict: every counted item met and no veto. One veto fails the district whatever
-- else holds; a unit that sent no school return is undecidable. `near` = not met, and every
-- failing item within the near margin of its line, and no item unknown.
-- source: standard.md 1, 1.7; parameters.csv (near_margin)
with stored_unit as (
    select distinct
        period,
        snapshot_date,
        row_basis as basis,
        district_code
    from unit
),

item_tally as (
    select
        district_item.period,
        district_item.basis,
        district_item.district_code,
        sum(case when cat_dimensions.is_counted then 1 else 0 end) as item_count,
        sum(case when cat_dimensions.is_counted and district_item.is_met then 1 else 0 end)
            as met_count,
        sum(
            case when cat_dimensions.is_counted and district_item.is_met = false then 1 else 0 end
        ) as failed_count,
        sum(
            case
                when district_item.dimension = 'veto' and district_item.is_met = false then 1
                else 0
            end
        ) as veto_count,
        max(
            case
                when cat_dimensions.is_counted and district_item.is_met = false
                    then coalesce(district_item.missing_share, 1)
            end
        ) as largest_missing_share
    from district_item
    inner join cat_dimensions
        on district_item.dimension = cat_dimensions.dimension
    group by district_item.period, district_item.basis, district_item.district_code
),

stage_tally as (
    select
        period,
        basis,
        district_code,
        sum(section_count) as section_count,
        sum(compliant_count) as compliant_section_count,
        sum(failing_count) as failing_section_count,
        sum(pupils) as pupils,
        case
            when sum(case when complies = false then 1 else 0 end) > 0 then false
            when sum(case when complies then 1 else 0 end) = count(*) then true
        end as resource_complies
    from district_stage
    group by period, basis, district_code
),

school_tally as (
    select
        membership.period,
        membership.basis,
        membership.district_code,
        section_verdict.return_id,
        sum(case when section_verdict.complies then 0 else 1 end) as open_section_count
    from section_verdict
    inner join membership
        on section_verdict.return_id = membership.return_id
    where section_verdict.is_in_scope
    group by
        membership.period,
        membership.basis,
        membership.district_code,
        section_verdict.return_id
),

school_count as (
    select
        period,
        basis,
        district_code,
        count(*) as school_count,
        sum(case when open_section_count = 0 then 1 else 0 end) as compliant_school_count
    from school_tally
    group by period, basis, district_code
),

worst_cv as (
    select
        period,
        basis,
        district_code,
        stage as worst_stage,
        indicator_code as worst_indicator_code,
        cv as worst_cv,
        cv_limit as worst_cv_limit,
        limit_ratio as worst_ratio,
        is_within_limit as is_worst_within_limit,
        row_number() over (
            partition by period, basis, district_code
            order by limit_ratio desc, indicator_code asc, stage desc
        ) as worst_order
    from district_indicator
    where regime = 'quality_balanced' and limit_ratio is not null
),

near_margin as (
    select
        value,
        valid_from,
        valid_to
    from cat_parameters
    where parameter_code = 'near_margin'
)

select
    stored_unit.period,
    stored_unit.snapshot_date,
    stored_unit.basis,
    stored_unit.district_code,
    item_tally.item_count,
    item_tally.met_count,
    item_tally.failed_count,
    item_tally.item_count - item_tally.met_count - item_tally.failed_count
        as undecidable_count,
    item_tally.veto_count,
    item_tally.largest_missing_share,
    coalesce(school_count.school_count, 0) as school_count,
    coalesce(school_count.compliant_school_count, 0) as compliant_school_count,
    coalesce(stage_tally.section_count, 0) as section_count,
    coalesce(stage_tally.compliant_section_count, 0) as compliant_section_count,
    coalesce(stage_tally.failing_section_count, 0) as failing_section_count,
    coalesce(stage_tally.pupils, 0) as pupils,
    stage_tally.resource_complies,
    worst_cv.worst_stage,
    worst_cv.worst_indicator_code,
    worst_cv.worst_cv,
    worst_cv.worst_cv_limit,
    worst_cv.worst_ratio,
    worst_cv.is_worst_within_limit,
    stage_tally.section_count is not null as is_reported,
    case
        when item_tally.veto_count > 0 then 'veto'
        when stage_tally.section_count is null then 'undecidable'
        when
            item_tally.failed_count > 0
            and item_tally.met_count + item_tally.failed_count = item_tally.item_count
            and cast(item_tally.largest_missing_share as decimal(18, 12)) <= near_margin.value
            then 'near'
        when item_tally.failed_count > 0 then 'unmet'
        when item_tally.met_count = item_tally.item_count then 'met'
        else 'undecidable'
    end as verdict
from stored_unit
inner join item_tally
    on
        stored_unit.period = item_tally.period
        and stored_unit.basis = item_tally.basis
        and stored_unit.district_code = item_tally.district_code
left join stage_tally
    on
        stored_unit.period = stage_tally.period
        and stored_unit.basis = stage_tally.basis
        and stored_unit.district_code = stage_tally.district_code
left join school_count
    on
        stored_unit.period = school_count.period
        and stored_unit.basis = school_count.basis
        and stored_unit.district_code = school_count.district_code
left join worst_cv
    on
        stored_unit.period = worst_cv.period
        and stored_unit.basis = worst_cv.basis
        and stored_unit.district_code = worst_cv.district_code
        and worst_cv.worst_order = 1
left join near_margin
    on
        stored_unit.snapshot_date >= near_margin.valid_from
        and stored_unit.snapshot_date <= coalesce(near_margin.valid_to, date '9999-12-31')
order by stored_unit.period, stored_unit.basis, stored_unit.district_code
