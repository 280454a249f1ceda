-- relation: school_limit
-- grain: one row per school return, limit and stage or kind of room
-- Whether a school keeps to size, class size and special rooms: `amount` is what it has, `line`
-- what it may have at most or must have at least; null where it did not report, and then neither
-- met nor not. `place` is the order of the limits.
-- source: standard.md 1.5 (G3 to G5); parameters.csv
with parameter as (
    select
        stg_snapshot.period,
        cat_parameters.parameter_code,
        cast(cat_parameters.value as double) as line
    from cat_parameters
    inner join stg_snapshot
        on
            stg_snapshot.snapshot_date >= cat_parameters.valid_from
            and stg_snapshot.snapshot_date <= coalesce(cat_parameters.valid_to, date '9999-12-31')
),

own as (
    select
        return_id,
        period,
        coalesce(pupils__primary, 0) + coalesce(pupils__junior, 0) as pupils,
        largest_class__primary,
        largest_class__junior,
        music_rooms,
        art_rooms,
        coalesce(pupils__primary, 0) > 0 as has_primary,
        coalesce(pupils__junior, 0) > 0 as has_junior,
        case when coalesce(pupils__primary, 0) > 0 then classes__primary else 0 end
        + case when coalesce(pupils__junior, 0) > 0 then classes__junior else 0 end as classes
    from school_return
),

reported as (
    select
        return_id,
        period,
        1 as place,
        'G4' as item_code,
        'size' as kind,
        case
            when has_primary and has_junior then 'combined_school_size_limit'
            else 'school_size_limit'
        end as parameter_code,
        cast(pupils as double) as amount,
        cast(null as double) as classes
    from own
    where has_primary or has_junior
    union all
    select
        return_id,
        period,
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
        return_id,
        period,
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
        return_id,
        period,
        4 as place,
        'G3' as item_code,
        'music' as kind,
        'classes_per_arts_room' as parameter_code,
        cast(music_rooms as double) as amount,
        cast(classes as double) as classes
    from own
    where has_primary or has_junior
    union all
    select
        return_id,
        period,
        5 as place,
        'G3' as item_code,
        'art' as kind,
        'classes_per_arts_room' as parameter_code,
        cast(art_rooms as double) as amount,
        cast(classes as double) as classes
    from own
    where has_primary or has_junior
),

lined as (
    select
        reported.return_id,
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
        on
            reported.period = parameter.period
            and reported.parameter_code = parameter.parameter_code
)

select
    return_id,
    place,
    item_code,
    kind,
    amount,
    line,
    case when item_code = 'G3' then amount >= line else amount <= line end as is_met
from lined
order by return_id, place
