-- question: How do the values stand that issues are about?
-- grain: one row per cell asked for (subject:stage:item, separated by |) that the period knows
-- scope: rows
with asked as (
    select unnest(string_split($cells, '|')) as cell
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
    latest_cell.gap
from latest_cell
inner join asked
    on
        latest_cell.subject_code || ':' || latest_cell.stage || ':' || latest_cell.item_code
        = asked.cell
order by latest_cell.subject_code, latest_cell.stage, latest_cell.item_code
