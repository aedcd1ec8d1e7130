"""Pure values and rules of the field. Standard library only; an illegal value cannot be built."""
