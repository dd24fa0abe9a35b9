"""When a desk can see somebody, who has which slot, and the calendar entry that says so."""
