"""Samples matplotlib's viridis, magma and cividis at 86 evenly spaced points (every third entry) into main/contract/palettes/sequential.json.

Linear interpolation between the 86 points stays within 3/255 of the 256-entry originals (printed).
Usage: python make-sequential.py      (matplotlib 3.11)
Sources: viridis and magma: S. van der Walt and N. Smith, 2015, CC0. cividis: J. R. Nuñez, C. R. Anderton and
R. S. Renslow, Optimizing colormaps with consideration for color vision deficiency, PLOS ONE 13(7): e0199239, 2018.
"""

import json
import pathlib

import matplotlib
import numpy as np

ANCHORS = 86
out = {}
for name in ("viridis", "magma", "cividis"):
    full = np.array(matplotlib.colormaps[name](np.linspace(0, 1, 256)))[:, :3]
    grid = np.linspace(0, 1, ANCHORS)
    anchors = np.stack([np.interp(grid, np.linspace(0, 1, 256), full[:, c]) for c in range(3)], 1)
    anchors = np.round(anchors * 255).astype(int)
    back = np.stack([np.interp(np.linspace(0, 1, 256), grid, anchors[:, c] / 255) for c in range(3)], 1)
    print(name, "largest error", round(float(np.abs(back - full).max() * 255), 2), "of 255")
    out[name] = ["#%02x%02x%02x" % tuple(rgb) for rgb in anchors]

target = pathlib.Path(__file__).parents[2] / "main/contract/palettes/sequential.json"
lines = [f'  "{name}": {json.dumps(colours)}' for name, colours in out.items()]
target.write_text("{\n" + ",\n".join(lines) + "\n}\n")
