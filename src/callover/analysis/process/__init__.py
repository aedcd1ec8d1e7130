"""Statistical process control: what belongs to chance in a series of months, and what does not."""
