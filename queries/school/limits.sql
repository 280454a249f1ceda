-- question: Does one school keep to size, class size and special rooms (G3, G4, G5)?
-- grain: one row per limit and stage or kind of room, in the order of the page
-- scope: return
select
    item_code,
    kind,
    amount,
    line,
    is_met
from school_limit
where return_id = $return_id
order by place
