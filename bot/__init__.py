"""Lotse: a chat bot that finds the right desk for newcomers and hands a card to a case manager."""
