-- question: Which policy documents and studies are there, and which items does each govern?
-- grain: one row per document, latest first
-- scope: open
with governed as (
    select distinct
        source_code,
        item_code
    from cat_items
    union all
    select
        source_code,
        indicator_code as item_code
    from cat_indicators
),

by_document as (
    select
        cat_sources.document_number,
        cast(count(*) as integer) as item_count,
        string_agg(governed.item_code, '、' order by governed.item_code) as item_codes
    from governed
    inner join cat_sources
        on governed.source_code = cat_sources.source_code
    group by cat_sources.document_number
)

select
    stg_policy.title,
    coalesce(stg_policy.document_number, '') as document_number,
    stg_policy.issuer,
    stg_policy.issued_on,
    stg_policy.level,
    coalesce(stg_policy.summary, '') as summary,
    stg_policy.module,
    coalesce(by_document.item_count, 0) as item_count,
    coalesce(by_document.item_codes, '') as item_codes
from stg_policy
left join by_document
    on stg_policy.document_number = by_document.document_number
order by stg_policy.issued_on desc, stg_policy.title
