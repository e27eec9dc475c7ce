"""What the command line shows: one module for each thing that is shown."""
