"""The tests. What pytest makes of them is kept in __pycache__ also where PYTHONDONTWRITEBYTECODE
is set: to make it anew takes ten seconds in each process that runs tests."""

import sys

sys.dont_write_bytecode = False
