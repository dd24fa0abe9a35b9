"""The words that dialogs, triage, routing, cards and statistics share: facts and topics of need."""
