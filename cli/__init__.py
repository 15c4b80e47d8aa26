"""The command line, imported as `mwp.cli`: it asks and shows, and does no arithmetic on money."""
