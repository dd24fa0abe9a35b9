"""Where somebody lives, as they type it: any script, slips, parts of town, postal codes."""
