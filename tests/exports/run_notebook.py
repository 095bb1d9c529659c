"""Executes an exported notebook in a kernel once for each seed; prints what `run_script.py` prints.

    python run_notebook.py NOTEBOOK SEED...
"""

import json
import os
import sys

import nbformat
from nbclient import NotebookClient
from run_script import outcome


def main(path: str, seeds: list[str]) -> None:
    found = []
    for seed in seeds:
        os.environ["SEED"] = seed
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        # It runs where it lies, and so finds a table that lies beside it.
        folder = {"metadata": {"path": os.path.dirname(path)}}
        NotebookClient(notebook, timeout=300, kernel_name="python3", resources=folder).execute()
        outputs = notebook.cells[-1].outputs
        found.append(outcome("".join(output.get("text", "") for output in outputs)))
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
