"""Pure rules, standard library only; the time is always a parameter."""
