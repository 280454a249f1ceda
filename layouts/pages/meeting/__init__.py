"""会议: meetings, running orders, decisions."""
