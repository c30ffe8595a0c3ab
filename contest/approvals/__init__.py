"""Four eyes: one person proposes an act, another one looks at the same content and says yes or no."""
