"""Opens .h5ad files with the real anndata package, in memory and backed, and prints what it sees as JSON.

Usage: python describe.py FILE…
"""

import importlib.metadata
import json
import sys

import anndata
import numpy as np
import pandas as pd
import scipy.sparse as sp


def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return [plain(item) for item in value.tolist()]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float) and np.isnan(value):
        return None
    return value


def matrix(values):
    """Type, dtype, sum in double precision, entries that are not zero, and all values where they are few."""
    if not (sp.issparse(values) or isinstance(values, np.ndarray)):
        values = values[:] if hasattr(values, "dtype") and not hasattr(values, "to_memory") else values.to_memory()
    out = {
        "sparse": bool(sp.issparse(values)),
        "format": values.format if sp.issparse(values) else "dense",
        "dtype": str(values.dtype),
        "sum": float(values.sum(dtype="float64")),
        "nonzero": int(values.nnz if sp.issparse(values) else np.count_nonzero(values)),
    }
    if np.prod(values.shape) <= 1000:
        out["values"] = (values.toarray() if sp.issparse(values) else values).tolist()
    return out


def frame(table):
    columns = {}
    for name in table.columns:
        column = table[name]
        info = {"dtype": str(column.dtype), "head": [None if pd.isna(v) else plain(v) for v in column.tolist()[:10]]}
        if isinstance(column.dtype, pd.CategoricalDtype):
            info["categories"] = column.cat.categories.tolist()
            info["ordered"] = bool(column.cat.ordered)
        columns[name] = info
    return {"index": table.index.tolist()[:10], "columns": columns}


def describe(adata):
    return {
        "shape": list(adata.shape),
        "X": matrix(adata.X),
        "layers": {name: matrix(adata.layers[name]) for name in adata.layers},
        "obs": frame(adata.obs),
        "var": frame(adata.var),
        "obsm": {name: {"shape": list(a.shape), "dtype": str(a.dtype), "sum": float(a.sum())} for name, a in adata.obsm.items()},
        "uns": plain(dict(adata.uns)),
    }


out = {"anndata": importlib.metadata.version("anndata"), "files": {}}
for path in sys.argv[1:]:
    memory = anndata.read_h5ad(path)
    backed = anndata.read_h5ad(path, backed="r")
    out["files"][path] = {"memory": describe(memory), "backed": describe(backed)}
    backed.file.close()
print(json.dumps(out))
