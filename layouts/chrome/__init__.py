"""What opens above a page and belongs to none: dialogs and what is said, as components of dash-bootstrap-components."""
