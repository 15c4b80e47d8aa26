"""`python -m tests.peer` prints the tables of docs/validation.md, and whatever is not explained."""

from tests.peer.comparison import comparison, differences_table, table, unexplained


def main() -> None:
    """Print the tables."""
    print(table(), differences_table(), *unexplained(comparison()), sep="\n\n")


if __name__ == "__main__":
    main()
