"""Sentences that have not chosen a language yet, and the catalogues that give them one."""
