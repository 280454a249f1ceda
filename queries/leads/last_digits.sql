-- question: How many counts of each unit end in 0 or 5?
-- grain: one row per unit as reported; counts of the asked fields that are large enough
-- scope: rows
with reported as (
    select
        district_code,
        pupils__primary,
        pupils__junior,
        pupils__senior,
        full_time_teachers__primary,
        full_time_teachers__junior,
        above_required_degree_teachers__primary,
        above_required_degree_teachers__junior,
        intermediate_title_teachers__primary,
        intermediate_title_teachers__junior,
        computers,
        books
    from school_return
    where period = $period
),

counted as (
    select
        district_code,
        split_part(field, '__', 1) as field_code,
        cast(amount as bigint) as amount
    from reported
    unpivot (
        amount for field in (
            pupils__primary,
            pupils__junior,
            pupils__senior,
            full_time_teachers__primary,
            full_time_teachers__junior,
            above_required_degree_teachers__primary,
            above_required_degree_teachers__junior,
            intermediate_title_teachers__primary,
            intermediate_title_teachers__junior,
            computers,
            books
        )
    )
)

select
    district_code,
    cast(count(*) as integer) as count_number,
    cast(sum(case when amount % 5 = 0 then 1 else 0 end) as integer) as round_number
from counted
where
    amount >= $digit_least
    and list_contains(string_split($fields, '|'), field_code)
group by district_code
order by district_code
