"""Files in, checked values kept with the moment they became known."""
