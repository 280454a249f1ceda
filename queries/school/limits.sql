-- question: Does one school keep to size, class size and special rooms (G3, G4, G5)?
-- grain: one row per limit and stage or kind of room, in the order of the page
-- scope: return
-- `amount` is what the school has, `line` what it may have at most or must have at least; null
-- where it did not report, and then neither met nor not.
-- source: standard.md 1.5 (G3 to G5); parameters.csv
with parameter as (
    select
        cat_parameters.parameter_code,
        cast(cat_parameters.value as double) as line
    from cat_parameters
    inner join stg_snapshot
        on
            stg_snapshot.snapshot_date >= cat_parameters.valid_from
            and stg_snapshot.snapshot_date <= coalesce(cat_parameters.valid_to, date '9999-12-31')
    inner join school_return
        on stg_snapshot.period = school_return.period
    where school_return.return_id = $return_id
),

own as (
    select
        *,
        coalesce(pupils__primary, 0) > 0 as has_primary,
        coalesce(pupils__junior, 0) > 0 as has_junior
    from school_return
    where return_id = $return_id
),

reported as (
    select
        1 as place,
        'G4' as item_code,
        'size' as kind,
        case
            when has_primary and has_junior then 'combined_school_size_limit'
            else 'school_size_limit'
        end as parameter_code,
        cast(coalesce(pupils__primary, 0) + coalesce(pupils__junior, 0) as double) as amount,
        cast(null as double) as classes
    from own
    where has_primary or has_junior
    union all
    select
        2 as place,
        'G5' as item_code,
        'primary' as kind,
        'class_size_limit_primary' as parameter_code,
        cast(largest_class__primary as double) as amount,
        cast(null as double) as classes
    from own
    where has_primary
    union all
    select
        3 as place,
        'G5' as item_code,
        'junior' as kind,
        'class_size_limit_junior' as parameter_code,
        cast(largest_class__junior as double) as amount,
        cast(null as double) as classes
    from own
    where has_junior
    union all
    select
        4 as place,
        'G3' as item_code,
        'music' as kind,
        'classes_per_arts_room' as parameter_code,
        cast(music_rooms as double) as amount,
        cast(
            case when has_primary then classes__primary else 0 end
            + case when has_junior then classes__junior else 0 end as double
        ) as classes
    from own
    where has_primary or has_junior
    union all
    select
        5 as place,
        'G3' as item_code,
        'art' as kind,
        'classes_per_arts_room' as parameter_code,
        cast(art_rooms as double) as amount,
        cast(
            case when has_primary then classes__primary else 0 end
            + case when has_junior then classes__junior else 0 end as double
        ) as classes
    from own
    where has_primary or has_junior
),

lined as (
    select
        reported.place,
        reported.item_code,
        reported.kind,
        reported.amount,
        case
            when reported.item_code = 'G3' then ceil(reported.classes / parameter.line)
            else parameter.line
        end as line
    from reported
    inner join parameter
        on reported.parameter_code = parameter.parameter_code
)

select
    item_code,
    kind,
    amount,
    line,
    case when item_code = 'G3' then amount >= line else amount <= line end as is_met
from lined
order by place
