"""A colleague writes in Telegram: short commands, and cards without a name, a number or a word of the resident."""
