"""Public contests: from the decision that opens one to the published result that ends it."""
