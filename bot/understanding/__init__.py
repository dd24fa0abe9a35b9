"""What a message in a person's own words means: their language, their needs, and whether somebody is in danger."""
