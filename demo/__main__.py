"""`python -m demo FOLDER`: write the demo's engagement folder.

Belongs here: the command line. Does not belong here: anything that it calls.
"""

import argparse
from pathlib import Path

from demo.generate import write_engagement

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m demo", description=write_engagement.__doc__)
    parser.add_argument("folder", type=Path)
    write_engagement(parser.parse_args().folder)
