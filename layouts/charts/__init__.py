"""Charts: one specification (scales, marks, annotations), drawn as SVG and as a Plotly figure."""
