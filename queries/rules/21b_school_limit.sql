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
        coalesce(pupils__primary, 0) > 0 as has_primary,
        coalesce(pupils__junior, 0) > 0 as has_junior,
        cast(coalesce(pupils__primary, 0) + coalesce(pupils__junior, 0) as double) as pupils,
        cast(largest_class__primary as double) as largest_primary,
        cast(largest_class__junior as double) as largest_junior,
        cast(music_rooms as double) as music_rooms,
        cast(art_rooms as double) as art_rooms,
        cast(
            case when coalesce(pupils__primary, 0) > 0 then classes__primary else 0 end
            + case when coalesce(pupils__junior, 0) > 0 then classes__junior else 0 end as double
        ) as classes
    from school_return
),

limited (place, item_code, kind, parameter_code) as (
    values
    (1, 'G4', 'size', 'school_size_limit'),
    (1, 'G4', 'size', 'combined_school_size_limit'),
    (2, 'G5', 'primary', 'class_size_limit_primary'),
    (3, 'G5', 'junior', 'class_size_limit_junior'),
    (4, 'G3', 'music', 'classes_per_arts_room'),
    (5, 'G3', 'art', 'classes_per_arts_room')
),

reported as (
    select
        own.return_id,
        own.period,
        own.classes,
        limited.*,
        case limited.kind
            when 'size' then own.pupils
            when 'primary' then own.largest_primary
            when 'junior' then own.largest_junior
            when 'music' then own.music_rooms
            when 'art' then own.art_rooms
        end as amount
    from own
    inner join limited
        on
            case limited.parameter_code
                when 'school_size_limit' then own.has_primary <> own.has_junior
                when 'combined_school_size_limit' then own.has_primary and own.has_junior
                when 'class_size_limit_primary' then own.has_primary
                when 'class_size_limit_junior' then own.has_junior
                else own.has_primary or own.has_junior
            end
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
