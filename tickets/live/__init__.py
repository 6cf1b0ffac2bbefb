"""Live updates: open pages hear that something changed, never what; they fetch it again by themselves."""
