"""规划进度: phases, forecasts and pace."""
