"""What templates of writing say."""
