-- question: Which columns of the school return enter one indicator of one stage?
-- grain: one row per input column, in the order of the template
-- scope: open
select
    cat_input_columns.header,
    cat_input_columns.unit,
    cat_indicator_inputs.coefficient,
    case
        when cat_input_columns.stage = '' then cat_input_columns.field_code
        else cat_input_columns.field_code || '__' || cat_input_columns.stage
    end as input_name
from cat_indicator_inputs
inner join cat_input_columns
    on cat_indicator_inputs.field_code = cat_input_columns.field_code
where
    cat_indicator_inputs.indicator_code = $indicator
    and cat_input_columns.input_kind = 'school_return'
    and cat_input_columns.stage in ('', $stage)
order by cat_input_columns.display_order
