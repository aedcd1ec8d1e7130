"""Barking and Dagenham at September 2016, from the figures of a published board pack."""
