"""Tables of other help desks, made by hand, in data/."""

from pathlib import Path

DATA = Path(__file__).parent / "data"
INCIDENTS = DATA / "incidents.csv"
SPREADSHEET = DATA / "spreadsheet.csv"
