-- relation: unit_rank
-- grain: one row per period, basis and unit
-- The place of a unit among all units and in its group, by what the league states: items met (most
-- first), then the largest CV as it is printed, as a share of its limit (smallest first). Equal
-- ones share a place and the next is skipped. A vetoed unit has none, nor one with an item that
-- cannot be decided (`is_undecided`: what is missing is no place), nor one with few schools: the
-- first two stand last. `ranked_count`, `group_ranked_count`: among how many.
-- source: parameters.csv (cv_display_step, minimum_schools_for_rank)
with step as (
    select
        stg_snapshot.period,
        max(
            case when parameter_code = 'cv_display_step' then cast(value as double) end
        ) as printed_step,
        max(
            case when parameter_code = 'minimum_schools_for_rank' then value end
        ) as fewest_schools
    from stg_snapshot
    inner join cat_parameters
        on
            stg_snapshot.snapshot_date >= cat_parameters.valid_from
            and stg_snapshot.snapshot_date <= coalesce(cat_parameters.valid_to, date '9999-12-31')
    group by stg_snapshot.period
),

measured as (
    select
        unit_status.period,
        unit_status.basis,
        unit_status.district_code,
        unit_status.group_code,
        unit_status.met_count,
        case
            when unit_status.verdict = 'veto' then 'veto'
            when unit_status.verdict = 'undecidable' or unit_status.undecidable_count > 0
                then 'undecided'
            when unit_status.school_count < step.fewest_schools then 'small'
            else 'ranked'
        end as kind,
        coalesce(
            floor(unit_status.worst_cv / step.printed_step + 0.5)
            / unit_status.worst_cv_limit,
            1e9
        ) as printed_ratio
    from unit_status
    inner join step
        on unit_status.period = step.period
),

ranked as (
    select
        measured.*,
        rank() over (
            partition by period, basis
            order by met_count desc, printed_ratio asc
        ) as city_place,
        rank() over (
            partition by period, basis, group_code
            order by met_count desc, printed_ratio asc
        ) as group_place,
        count(*) over (partition by period, basis) as ranked_count,
        count(*) over (partition by period, basis, group_code) as group_ranked_count,
        count(*) over (
            partition by period, basis, met_count, printed_ratio
        ) as equal_count,
        count(*) over (
            partition by period, basis, group_code, met_count, printed_ratio
        ) as group_equal_count
    from measured
    where kind = 'ranked'
)

select
    measured.period,
    measured.basis,
    measured.district_code,
    cast(
        row_number() over (
            partition by measured.period, measured.basis
            order by
                case measured.kind when 'veto' then 1 when 'undecided' then 2 else 0 end,
                measured.met_count desc,
                measured.printed_ratio,
                measured.district_code
        ) as integer
    ) as league_order,
    measured.kind = 'small' as is_small,
    measured.kind = 'undecided' as is_undecided,
    cast(ranked.city_place as integer) as city_place,
    cast(ranked.ranked_count as integer) as ranked_count,
    coalesce(ranked.equal_count > 1, false) as is_tied,
    cast(ranked.group_place as integer) as group_place,
    cast(ranked.group_ranked_count as integer) as group_ranked_count,
    coalesce(ranked.group_equal_count > 1, false) as is_group_tied
from measured
left join ranked
    on
        measured.period = ranked.period
        and measured.basis = ranked.basis
        and measured.district_code = ranked.district_code
order by measured.period, measured.basis, measured.district_code
