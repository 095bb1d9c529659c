"""Runs an exported script once for each seed and prints what it found: a JSON list of {model: accuracy in per cent}.

    python run_script.py SCRIPT SEED... [-- ARGUMENT...]

What is behind `--` the script gets as its own arguments.
"""

import contextlib
import io
import json
import os
import runpy
import sys


def outcome(printed: str) -> dict:
    """The lines `model   12.34 %` at the end of what a script prints."""
    lines = [line.split() for line in printed.splitlines()]
    return {words[0]: float(words[1]) for words in lines if len(words) == 3 and words[2] == "%"}


def main(script: str, seeds: list[str], arguments: list[str]) -> None:
    found = []
    sys.argv = [script, *arguments]
    for seed in seeds:
        os.environ["SEED"] = seed
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            runpy.run_path(script, run_name="__main__")
        found.append(outcome(printed.getvalue()))
    print(json.dumps(found))


if __name__ == "__main__":
    words = sys.argv[1:]
    split = words.index("--") if "--" in words else len(words)
    main(words[0], words[1:split], words[split + 1 :])
