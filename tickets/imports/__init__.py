"""What comes in from elsewhere. It calls the verbs of `Ticket` and decides nothing about tickets itself."""
