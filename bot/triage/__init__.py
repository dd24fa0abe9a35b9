"""Regular service, short consultation or case management: the suggestion and its reasons."""
