"""Golden values of the marker scores in main/embed/markers, from NumPy and scikit-learn, and from scanpy where it agrees.

    python3 -m venv /tmp/golden && /tmp/golden/bin/pip install scanpy scikit-learn
    /tmp/golden/bin/python build/golden/markers.py [FOLDER WITH pbmc3k]

Writes main/embed/markers/markers.golden.json. The small counts come from the same integer recurrence as in
main/preprocess/fixtures/made-counts.ts. With the folder that holds pbmc3k/pbmc3k_raw_labelled.h5ad, figures of known
markers of PBMC 3k are added; without it, those that are in the file stay. Dense arrays are fine for a check.
"""

import json
import sys
from pathlib import Path

import anndata
import numpy as np
import scanpy as sc
import sklearn
from sklearn.metrics import roc_auc_score

TARGET = Path(__file__).parents[2] / "main/embed/markers/markers.golden.json"
N_OBS, N_VAR = 150, 240
KNOWN = ["CD79A", "MS4A1", "LYZ", "S100A9", "NKG7", "GNLY", "PPBP", "CD3D", "FCGR3A", "FCER1A", "ACTB"]


def made_counts():
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
    counts[3] = 0
    counts[:, 5] = 0
    return counts


def log_normalised(counts):
    size = counts.sum(1, keepdims=True)
    return np.log1p(np.divide(counts * 1e4, size, out=np.zeros_like(counts, dtype=float), where=size > 0))


def compare(a, b):
    """Effects of one gene: values of the group, values of the others."""
    pooled = np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / 2)
    delta = a.mean() - b.mean()
    return {
        "auc": roc_auc_score(np.r_[np.ones(len(a)), np.zeros(len(b))], np.r_[a, b]),
        "cohensD": 0.0 if pooled == 0 else delta / pooled,
        "log2FoldChange": delta / np.log(2),
        "deltaDetected": (a > 0).mean() - (b > 0).mean(),
    }


def summarised(x, groups, group, genes):
    """Mean and least over the other groups, for some genes: [genes]{effect_mean, effect_min}"""
    out = []
    for gene in genes:
        pairs = [compare(x[groups == group, gene], x[groups == other, gene]) for other in np.unique(groups) if other != group]
        figures = {}
        for effect in pairs[0]:
            figures[f"{effect}_mean"] = float(np.mean([pair[effect] for pair in pairs]))
            figures[f"{effect}_min"] = float(np.min([pair[effect] for pair in pairs]))
        out.append(figures)
    return out


def min_rank(x, groups, group):
    """Best place of every gene by Cohen's d in any comparison; equals share a place."""
    best = np.full(x.shape[1], np.inf)
    for other in np.unique(groups):
        if other == group:
            continue
        effect = np.array([compare(x[groups == group, j], x[groups == other, j])["cohensD"] for j in range(x.shape[1])])
        best = np.minimum(best, [1 + (effect > value).sum() for value in effect])
    return best.astype(int).tolist()


golden = json.loads(TARGET.read_text()) if TARGET.exists() else {}
x = log_normalised(made_counts())
groups = np.arange(N_OBS) % 3
genes = [0, 1, 2, 5, 7, 100, 239]
golden["versions"] = {"numpy": np.__version__, "scikit-learn": sklearn.__version__, "scanpy": sc.__version__}
golden["made"] = {
    "genes": genes,
    "each": [summarised(x, groups, group, genes) for group in range(3)],
    "rest": summarised(x, np.where(groups == 1, 0, 1), 0, genes),
    "cohensD_rank": min_rank(x, groups, 0),
}

if len(sys.argv) > 1:
    data = anndata.read_h5ad(Path(sys.argv[1]) / "pbmc3k/pbmc3k_raw_labelled.h5ad")
    column = next(name for name in data.obs.columns if "type" in name or "label" in name or "annot" in name)
    data = data[data.obs[column].notna()].copy()
    labels = data.obs[column].astype(str).to_numpy()
    dense = data.X.toarray() if hasattr(data.X, "toarray") else np.asarray(data.X)
    values = log_normalised(dense.astype(float))
    data.X = values
    data.obs["g"] = labels
    data.obs["g"] = data.obs["g"].astype("category")
    sc.tl.rank_genes_groups(data, "g", method="wilcoxon", n_genes=data.n_vars)
    names = list(data.var_names)
    known = [name for name in KNOWN if name in names]
    places = [names.index(name) for name in known]
    top = data.uns["rank_genes_groups"]["names"]
    golden["pbmc3k"] = {
        "column": column,
        "n": int(data.n_obs),
        "genes": known,
        "each": {group: summarised(values, labels, group, places) for group in ["B", "NK"]},
        # scanpy ranks by Wilcoxon's z against the rest, which grows with the AUC of the gene.
        "rest": {group: summarised(values, np.where(labels == group, "0", "1"), "0", places) for group in ["B", "NK"]},
        "scanpyTop": {group: [str(name) for name in top[group][:10]] for group in ["B", "CD14+ Mono", "NK", "Platelet"] if group in top.dtype.names},
    }

TARGET.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
