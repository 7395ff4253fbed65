"""Reads a 10x .h5 with scanpy and stores it as an .h5ad; prints the seconds of both together."""

import json
import os
import tempfile
import time
import warnings
from pathlib import Path

import numpy as np
import scanpy as sc

warnings.filterwarnings("ignore")
source = Path(os.environ.get("LACUNA_DATA", Path(__file__).parents[3].parent / "shared/data")) / "pbmc3k/filtered_feature_bc_matrix.h5"
made = Path(tempfile.gettempdir()) / "lacuna-bench-10x.h5"
path = source if source.exists() else made
with tempfile.TemporaryDirectory() as folder:
    begin = time.perf_counter()
    data = sc.read_10x_h5(path)
    data.var_names_make_unique()
    data.write_h5ad(Path(folder) / "out.h5ad", compression="gzip")
    seconds = time.perf_counter() - begin
print(json.dumps({"seconds": seconds, "note": f"scanpy {sc.__version__}, {data.n_obs} x {data.n_vars}, {np.asarray(data.X.nnz)} nonzeros"}))
