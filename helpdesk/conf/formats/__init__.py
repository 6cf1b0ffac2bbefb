"""Where a language writes moments otherwise than Django thinks; each in a module of its own, as Django finds them."""
