-- question: Which issues may who is looking see, within the filter, and how does each stand today?
-- grain: one row per issue; every other question of the board reads these rows
-- scope: rows
with visible as (
    select
        *,
        coalesce(not is_closed and due_on < $today::date, false) as is_late,
        case
            when is_closed then 0
            else greatest(0, coalesce(date_diff('day', due_on, $today::date), 0))
        end as late_days,
        case when status = 'look_back' then look_due_on else due_on end as step_due_on
    from board
    where
        ($districts::varchar[] is null or list_contains($districts::varchar[], district_code))
        and (
            $schools::varchar[] is null
            or coalesce(school_code, '') = ''
            or list_contains($schools::varchar[], school_code)
        )
        and ($units::varchar[] is null or list_contains($units::varchar[], district_code))
        and ($school = '' or school_code = $school)
        and ($origin = '' or origin = $origin)
        and ($round = '' or coalesce(round::varchar, '') = $round)
)

select
    *,
    (late_days > $short_days)::integer + (late_days > $long_days)::integer as age,
    late_days > $long_days as is_accountable,
    status = 'rebounded' as is_rebounded,
    status = 'awaiting_review' as is_awaiting,
    status = 'look_back' as is_listed,
    not is_closed as is_open
from visible
