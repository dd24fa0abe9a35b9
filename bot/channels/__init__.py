"""The ways in and out: web chat, Telegram, terminal. Each carries words; none decides anything."""
