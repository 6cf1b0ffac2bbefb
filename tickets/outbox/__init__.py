"""What goes out of the help desk: it reads the log, and decides nothing."""
