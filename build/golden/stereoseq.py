"""Golden values for the Stereo-seq readers, computed with h5py and NumPy alone from the real files.

Made with Python 3.11, h5py 3.16.0, numpy 2.4.6:

    python3 build/golden/stereoseq.py DATA_FOLDER > main/formats/stereoseq/stereoseq.golden.json
"""

import gzip
import json
import sys

import h5py
import numpy as np

folder = sys.argv[1] + "/stereoseq/SS200000135TL_D1_"
sizes = [1, 7, 10, 20, 50, 60, 100, 200]


def facts(rows, columns, genes, counts):
    """Sums over the matrix of occupied places (row by row) × genes (sorted)."""
    obs = np.unique(np.stack([rows, columns], axis=1), axis=0, return_inverse=True)[1].ravel()
    var = np.unique(genes, return_inverse=True)[1].ravel()
    entries = len(np.unique(obs.astype(np.int64) * 1_000_003 + var))
    return {
        "nObs": int(obs.max() + 1),
        "nVar": int(var.max() + 1),
        "nnz": entries,
        "sum": int(counts.sum()),
        "sumByObs": int((counts * (obs % 97)).sum()),
        "sumByVar": int((counts * (var % 89)).sum()),
        "sumByBoth": int((counts * ((obs * 31 + var) % 101)).sum()),
    }


def gem(name):
    with gzip.open(folder + name, "rt") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines if not line.startswith("#")]
    head, rows = rows[0], rows[1:]
    column = lambda key: np.array([row[head.index(key)] for row in rows])
    count = "MIDCounts" if "MIDCounts" in head else "MIDCount"
    return column("geneID"), column("x").astype(int), column("y").astype(int), column(count).astype(int)


def gef(name, size):
    with h5py.File(folder + name) as file:
        group = file["geneExp"][f"bin{size}" if f"bin{size}" in file["geneExp"] else "bin1"]
        table, gene = group["expression"][:], group["gene"][:]
    ids = gene["gene" if "gene" in gene.dtype.names else "geneID"].astype(str)
    return np.repeat(ids, gene["count"].astype(int)), table["x"], table["y"], table["count"].astype(int)


result = {"bins": {}, "cellbin": {}}
for name in ["bin1_small.gem.gz", "small_GEMv0.1.gem.gz", "small_GEMv0.2.gem.gz", "small_v2.gef", "small_v4.gef"]:
    whole = gem(name) if ".gem" in name else None
    result["bins"][name] = {}
    for size in sizes:
        genes, xs, ys, counts = whole if whole is not None else gef(name, size)
        result["bins"][name][size] = facts(ys // size, xs // size, genes, counts)

with h5py.File(folder + "small_gridcells.cellbin.gef") as file:
    cells, entries, genes = (file["cellBin"][key][:] for key in ["cell", "cellExp", "gene"])
    borders = file["cellBin/cellBorder"][:].astype(int)
obs = np.repeat(np.arange(len(cells)), cells["geneCount"].astype(int))
counts = entries["count"].astype(int)
var = entries["geneID"].astype(int)
used = (borders != 32767).all(axis=2)
result["cellbin"] = {
    "nObs": len(cells),
    "nVar": len(genes),
    "nnz": len(entries),
    "sum": int(counts.sum()),
    "sumByBoth": int((counts * ((obs * 31 + var) % 101)).sum()),
    "vertices": int(used.sum()),
    "vertexSumX": int((borders[:, :, 0] + cells["x"].astype(int)[:, None])[used].sum()),
    "vertexSumY": int((borders[:, :, 1] + cells["y"].astype(int)[:, None])[used].sum()),
    "area": int(cells["area"].sum()),
    "dnb": int(cells["dnbCount"].sum()),
}
json.dump(result, sys.stdout, indent=1)
print()
