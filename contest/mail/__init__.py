"""Mail: a row in the outbox inside the transaction, sent after it."""
