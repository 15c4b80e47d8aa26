"""`python -m tests.peer` prints the tables of docs/validation.md, and whatever is not explained."""

from tests.peer.comparison import comparison, differences_table, table


def main() -> None:
    """Print the tables."""
    print(table(), differences_table(), sep="\n\n")
    for one in comparison().of_households:
        for gap in one.unexplained():
            print(
                f"\nHousehold {one.number}, {one.drawn.year}, {', '.join(one.explained_by) or 'no known difference'}: {gap}"
            )


if __name__ == "__main__":
    main()
