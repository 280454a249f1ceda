-- question: How do the values stand that issues are about?
-- grain: one row per cell asked for (subject:stage:item, separated by |) that the period knows
-- scope: rows
with asked as (
    select
        split_part(cell, ':', 1) as subject_code,
        split_part(cell, ':', 2) as stage,
        split_part(cell, ':', 3) as item_code
    from (select unnest(string_split($cells, '|')) as cell) as named
)

select
    latest_cell.subject_code,
    latest_cell.stage,
    latest_cell.item_code,
    latest_cell.district_code,
    latest_cell.school_name,
    latest_cell.amount,
    latest_cell.line,
    latest_cell.is_met,
    coalesce(latest_cell.is_spare, false) as is_spare,
    latest_cell.gap
from latest_cell
inner join asked
    on
        latest_cell.subject_code = asked.subject_code
        and latest_cell.stage = asked.stage
        and latest_cell.item_code = asked.item_code
order by latest_cell.subject_code, latest_cell.stage, latest_cell.item_code
