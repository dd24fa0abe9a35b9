"""A case in the hands of colleagues: the card, its deadline, and what may be done with it."""
