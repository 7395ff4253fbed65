"""Golden values of the normalisation, the variable genes and the thresholds in main/preprocess, from scanpy.

    python3 -m venv /tmp/golden && /tmp/golden/bin/pip install scanpy scikit-misc
    /tmp/golden/bin/python build/golden/preprocess.py

Writes main/preprocess/preprocess.golden.json. The counts come from the same integer recurrence as in
main/preprocess/fixtures/made-counts.ts, so that only results have to be stored. The versions used stand in the file.
"""

import json
import warnings
from pathlib import Path

import anndata
import numpy as np
import scanpy as sc
import skmisc
from scipy import sparse
from skmisc.loess import loess

warnings.filterwarnings("ignore")
N_OBS, N_VAR = 150, 240


def made_counts():
    """Geometric counts; three groups of cells raise every seventh gene in turn. Integers only."""
    state = 20240917
    counts = np.zeros((N_OBS, N_VAR))
    for i in range(N_OBS):
        for j in range(N_VAR):
            chance = 400 + (j * 2654435) % 11000
            if j % 7 == i % 3:
                chance += 3500
            while True:
                state = (state * 1664525 + 1013904223) % 2**32
                if state >> 18 >= chance:
                    break
                counts[i, j] += 1
    return counts


counts = made_counts()
counts[3] = 0  # an empty cell
counts[:, 5] = 0  # a gene that nobody has


def fresh():
    return anndata.AnnData(sparse.csr_matrix(counts))


def prepared(target=None, log=True, zscore=None):
    data = anndata.AnnData(counts.copy())  # dense: for CSR, scanpy 1.11 takes empty cells into the median
    sc.pp.normalize_total(data, target_sum=target)
    if log:
        sc.pp.log1p(data)
    if zscore is not None:
        sc.pp.scale(data, max_value=zscore)
    return np.asarray(data.X.todense()) if sparse.issparse(data.X) else np.asarray(data.X)


log = prepared(1e4)
scaled = prepared(1e4, zscore=2.5)
dca = prepared(None, zscore=1e9)
low, high = log.min(0), log.max(0)
minmax = (log - low) / np.where(high > low, high - low, 1)
rows = [0, 3, 77]

v3 = sc.pp.highly_variable_genes(fresh(), flavor="seurat_v3", n_top_genes=60, inplace=False)
logged = fresh()
sc.pp.normalize_total(logged, target_sum=1e4)
sc.pp.log1p(logged)
seurat = sc.pp.highly_variable_genes(logged, flavor="seurat", n_top_genes=60, inplace=False)


def bounds(values, use_log, below, above):
    values = np.asarray(values, float)
    if use_log:
        values = np.log(values[values > 0])
    centre = np.median(values)
    mad = 1.4826 * np.median(np.abs(values - centre))
    limits = np.array([centre - below * mad, centre + above * mad])
    return (np.exp(limits) if use_log else limits).tolist()


rng = np.random.default_rng(5)
curves = []
for n, digits in ((60, 6), (300, 1)):
    x = np.round(np.log10(rng.gamma(0.5, 1, n) + 1e-3), digits)
    y = np.round(np.sin(2 * x) + 0.2 * rng.normal(size=n), 6)
    model = loess(x, y, span=0.3, degree=2)
    model.fit()
    curves.append({"x": x.tolist(), "y": y.tolist(), "fitted": model.outputs.fitted_values.tolist()})

golden = {
    "versions": {
        "scanpy": sc.__version__,
        "anndata": anndata.__version__,
        "numpy": np.__version__,
        "scikit-misc": skmisc.__version__,
    },
    "nObs": N_OBS,
    "nVar": N_VAR,
    "total": int(counts.sum()),
    "rows": rows,
    "log": log[rows].tolist(),
    "logMean": log.mean(0).tolist(),
    "logSd": log.std(0).tolist(),
    "scaled": scaled[rows].tolist(),
    "dca": dca[rows].tolist(),
    "minmax": minmax[rows].tolist(),
    "variancesNorm": v3.variances_norm.tolist(),
    "seuratV3": np.flatnonzero(v3.highly_variable).tolist(),
    "dispersionsNorm": [None if np.isnan(v) else float(v) for v in seurat.dispersions_norm],
    "seurat": np.flatnonzero(seurat.highly_variable).tolist(),
    "loess": curves,
    "countBounds": bounds(counts.sum(1), True, 3, 5),
    "geneBounds": bounds((counts > 0).sum(1), True, 3, 5),
    "linearBounds": bounds(counts.sum(1), False, 2, 3),
}


def rounded(value):
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, list):
        return [rounded(item) for item in value]
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    return value


target = Path(__file__).parents[2] / "main" / "preprocess" / "preprocess.golden.json"
target.write_text(json.dumps(rounded(golden), separators=(",", ":")) + "\n")
