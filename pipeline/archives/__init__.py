"""Archives of many submissions, read as Arrow record batches on whatever engine there is."""
