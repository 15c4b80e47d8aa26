"""How an answer is said: words, tables, charts and files to hand on."""
