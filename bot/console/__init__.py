"""The web console of case managers and coordinators: German, rendered on the server, without JavaScript."""
