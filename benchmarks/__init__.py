"""Speed and accuracy, run by hand or with `make bench`."""
