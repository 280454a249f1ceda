-- question: Rows of which kinds of input are invented?
-- grain: one row per input kind that has at least one such row in force
-- scope: open
select input_kind
from demonstration_kind
order by input_kind
