"""What every page shares: who may open it, how forms answer, error pages and security headers."""
