"""What the rules of entries say, without any framework."""
