"""Reads single genes of a 120,000 x 2,000 backed .h5ad that is stored by gene; prints the median seconds."""

import json
import tempfile
import time
import warnings
from pathlib import Path

import anndata
import numpy as np
import scipy.sparse as sp

warnings.filterwarnings("ignore")
path = Path(tempfile.gettempdir()) / "lacuna-bench-gene.h5ad"
if not path.exists():
    rng = np.random.default_rng(1)
    matrix = sp.random(120_000, 2_000, density=0.09, format="csc", dtype=np.float32, rng=rng)
    matrix.data = rng.poisson(1.0, matrix.nnz).astype(np.float32) + 1
    anndata.AnnData(matrix).write_h5ad(path, compression="gzip")
data = anndata.read_h5ad(path, backed="r")
times = []
for gene in np.random.default_rng(2).integers(0, 2_000, 50):
    begin = time.perf_counter()
    values = np.asarray(data.X[:, int(gene)].todense()).ravel()
    times.append(time.perf_counter() - begin)
print(json.dumps({"seconds": float(np.median(times)), "note": f"anndata {anndata.__version__}"}))
