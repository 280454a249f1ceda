-- relation: section_not_applicable
-- grain: one row per return, stage and indicator with a column marked 不适用
-- The marked cells of the returns, as indicators: such a cell is neither missing nor zero.
-- source: template.md (不适用)
with marked as (
    select
        return_id,
        '|' || not_applicable || '|' as marks
    from stg_school
    where not_applicable <> ''
),

input as (
    select distinct
        cat_indicator_inputs.indicator_code,
        cat_input_columns.stage,
        case
            when cat_input_columns.stage = '' then cat_input_columns.field_code
            else cat_input_columns.field_code || '__' || cat_input_columns.stage
        end as input_name
    from cat_indicator_inputs
    inner join cat_input_columns
        on cat_indicator_inputs.field_code = cat_input_columns.field_code
    where cat_input_columns.input_kind = 'school_return'
)

select distinct
    marked.return_id,
    section_verdict.stage,
    input.indicator_code
from marked
inner join section_verdict
    on marked.return_id = section_verdict.return_id
inner join input
    on
        (input.stage = '' or input.stage = section_verdict.stage)
        and contains(marked.marks, '|' || input.input_name || '|')
order by marked.return_id, section_verdict.stage, input.indicator_code
