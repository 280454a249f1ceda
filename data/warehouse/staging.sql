-- Typed staging relations of the input kinds other than school returns; lineage ends each row.
create or replace table stg_plan (
    district_code varchar,
    phase_code varchar,
    target_year integer,
    status_code varchar,
    status_on date,
    basis varchar,
    batch_id varchar,
    source_sheet varchar,
    source_row integer,
    is_demonstration boolean
);

create or replace table stg_district_item (
    period varchar,
    district_code varchar,
    item_code varchar,
    amount decimal(18, 4),
    is_met boolean,
    note varchar,
    batch_id varchar,
    source_sheet varchar,
    source_row integer,
    is_demonstration boolean
);

create or replace table stg_visit (
    round integer,
    district_code varchar,
    school_code varchar,
    visited_on date,
    inspector varchar,
    finding_count integer,
    remark varchar,
    batch_id varchar,
    source_sheet varchar,
    source_row integer,
    is_demonstration boolean
);

create or replace table stg_issue (
    issue_code varchar,
    district_code varchar,
    school_code varchar,
    stage varchar,
    item_code varchar,
    problem varchar,
    origin varchar,
    round integer,
    found_on date,
    measure varchar,
    responsible_unit varchar,
    responsible_person varchar,
    due_on date,
    status varchar,
    reviewer varchar,
    reviewed_on date,
    closed_on date,
    evidence varchar,
    batch_id varchar,
    source_sheet varchar,
    source_row integer,
    is_demonstration boolean
);

create or replace table stg_fund (
    paid_on date,
    district_code varchar,
    category varchar,
    amount_yuan decimal(18, 2),
    purpose varchar,
    basis varchar,
    batch_id varchar,
    source_sheet varchar,
    source_row integer,
    is_demonstration boolean
);

create or replace table stg_policy (
    title varchar,
    document_number varchar,
    issuer varchar,
    issued_on date,
    level varchar,
    summary varchar,
    module varchar,
    batch_id varchar,
    source_sheet varchar,
    source_row integer,
    is_demonstration boolean
);

create or replace table stg_batch (
    batch_id varchar,
    file_name varchar,
    content_sha256 varchar,
    imported_at timestamp,
    imported_by varchar,
    is_demonstration boolean
);
