"""What a request costs, as ratios to a bare Flask view in the same run: `make bench`."""
