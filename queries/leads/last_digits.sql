-- question: How many counts of each unit end in 0 or 5?
-- grain: one row per unit as reported; counts of the asked fields that are large enough
-- scope: rows
with reported as (
    select
        district_code,
        columns(lambda c: list_contains(string_split($fields, '|'), split_part(c, '__', 1)))
    from school_return
    where period = $period
),

counted as (
    select
        district_code,
        cast(amount as bigint) as amount
    from reported
    unpivot (amount for field in (columns(* exclude (district_code))))
)

select
    district_code,
    cast(count(*) as integer) as count_number,
    cast(sum(case when amount % 5 = 0 then 1 else 0 end) as integer) as round_number
from counted
where amount >= $digit_least
group by district_code
order by district_code
