"""Tables of articles: CSV, TSV, Excel and OpenDocument."""
