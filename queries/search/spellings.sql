-- question: How are the names of pages spelt in pinyin?
-- grain: one row per name asked for (separated by |) that the publication knew
-- scope: open
select
    name,
    pinyin,
    initials
from name_spelling
where name in (select unnest(string_split($names, '|')))
order by name
