"""Golden values for Space Ranger folders: the matrix joined with the positions, by the field's own packages.

Made with Python 3.11, h5py 3.16.0, pandas 2.3.3, pyarrow 26.0.1, scipy 1.17.1:

    python3 -m venv venv && venv/bin/pip install h5py pandas pyarrow scipy
    venv/bin/python build/golden/space-ranger.py DATA_FOLDER > main/formats/visium/visium.golden.json
"""

import json
import os
import sys

import h5py
import numpy as np
import pandas as pd
import scipy.sparse as sp

data = os.path.join(sys.argv[1], "visium")
columns = ["barcode", "in_tissue", "array_row", "array_col", "pxl_row_in_fullres", "pxl_col_in_fullres"]


def facts(root, options, spots):
    folder = os.path.join(data, root)
    spatial = os.path.join(folder, "spatial")
    if os.path.exists(os.path.join(spatial, "tissue_positions.parquet")):
        table = pd.read_parquet(os.path.join(spatial, "tissue_positions.parquet"))
    else:
        table = pd.read_csv(os.path.join(spatial, "tissue_positions_list.csv"), header=None, names=columns)
    table = table.set_index("barcode")
    names = [n for n in os.listdir(folder) if n.endswith("feature_bc_matrix.h5")]
    with h5py.File(os.path.join(folder, names[0])) as f:
        g = f["matrix"]
        matrix = sp.csc_matrix((g["data"][()], g["indices"][()], g["indptr"][()]), shape=g["shape"][()]).T.tocsr()
        barcodes = [b.decode() for b in g["barcodes"][()]]
    keep = [b in table.index and (spots == "all" or table.loc[b, "in_tissue"] == 1) for b in barcodes]
    matrix = matrix[np.array(keep)]
    matrix.eliminate_zeros()
    table = table.loc[[b for b, k in zip(barcodes, keep) if k]]
    coo = matrix.tocoo()
    return {
        "path": root,
        "options": {**options, "spots": spots},
        "nObs": int(matrix.shape[0]),
        "nVar": int(matrix.shape[1]),
        "nnz": int(matrix.nnz),
        "sum": float(coo.data.sum()),
        "sumByObs": float((coo.data * (coo.row % 97)).sum()),
        "x": float(table["pxl_col_in_fullres"].sum()),
        "y": float(table["pxl_row_in_fullres"].sum()),
        "arrayRow": float(table["array_row"].sum()),
        "arrayCol": float(table["array_col"].sum()),
        "inTissue": int(table["in_tissue"].sum()),
    }


roots = [
    "scanpy_1.0.0",
    "seurat_visium",
    "seurat_visium_hd/binned_outputs/square_008um",
    "seurat_visium_hd/binned_outputs/square_016um",
    "visiumio/10xVisium/section1/outs",
    "visiumio/10xVisium/section2/outs",
    "visiumio/binned_outputs/square_002um",
]
print(json.dumps([facts(root, {}, spots) for root in roots for spots in ["tissue", "all"]], indent=1))
