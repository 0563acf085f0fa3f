"""Where each state stands on a map of tiles: about where it lies, all of the same size."""

_MAP = """
AK .. .. .. .. .. .. .. .. .. ME
.. .. .. .. .. WI .. .. .. VT NH
WA ID MT ND MN IL MI .. NY MA ..
OR NV WY SD IA IN OH PA NJ CT RI
CA UT CO NE MO KY WV VA MD DE ..
.. AZ NM KS AR TN NC SC DC .. ..
.. .. .. OK LA MS AL GA .. .. ..
HI .. .. TX .. .. .. .. FL .. PR
.. .. .. .. .. .. .. GU MP AS VI
"""

# The row and the column of a state, in letters that sort as they lie.
TILES = {
    code: (f"{row:02}", f"{column:02}")
    for row, line in enumerate(_MAP.split("\n")[1:-1])
    for column, code in enumerate(line.split())
    if code != ".."
}
