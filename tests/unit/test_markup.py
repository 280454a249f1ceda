"""What is written of a tree: the names that browsers know."""

from layouts.markup import h, to_html


def test_attributes_of_forms_have_the_names_of_html() -> None:
    form = h(
        "form",
        {
            "encType": "multipart/form-data",
            "autoComplete": "off",
            "maxLength": 5,
            "tabIndex": -1,
            "spellCheck": "false",
            "colSpan": 2,
            "htmlFor": "a",
            "className": "b",
        },
    )
    written = to_html([form])
    for name in ("enctype", "autocomplete", "maxlength", "tabindex", "spellcheck", "colspan", "for", "class"):
        assert f" {name}=" in written
