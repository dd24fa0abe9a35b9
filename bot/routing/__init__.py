"""Which desk, coordination or regular service is in charge, and how one gets there."""
