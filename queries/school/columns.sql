-- question: What does each column of the school return mean?
-- grain: one row per column, in the order of the template
-- scope: open
select
    header,
    unit,
    stage,
    case when stage = '' then field_code else field_code || '__' || stage end as input_name
from cat_input_columns
where input_kind = 'school_return'
order by display_order
