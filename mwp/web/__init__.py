"""The web calculator and the JSON API: the only part that speaks HTTP (docs/web.md)."""
