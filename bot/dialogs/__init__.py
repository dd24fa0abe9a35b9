"""The conversation: screens as data, a pure engine, sessions that survive storage at every step."""
