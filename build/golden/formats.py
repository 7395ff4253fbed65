"""Golden values for the readers: sizes, sums and names of real files, read by the field's own packages.

Made with Python 3.11, h5py 3.16.0, anndata 0.12.19, scipy 1.17.1, numpy 2.4.6:

    python3 -m venv venv && venv/bin/pip install h5py anndata scipy
    venv/bin/python build/golden/formats.py DATA_FOLDER > main/formats/formats.golden.json
"""

import glob
import gzip
import hashlib
import json
import os
import sys
import warnings

import anndata
import h5py
import numpy as np
import scipy.io
import scipy.sparse as sp

warnings.filterwarnings("ignore")
data = sys.argv[1]


def digest(names):
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]


def facts(matrix, obs_names=None, var_names=None, **more):
    """Observations first. The weighted sums notice entries in a wrong cell or gene."""
    matrix = sp.coo_matrix(matrix)
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    values = matrix.data.astype(np.float64)
    result = {
        "nObs": int(matrix.shape[0]),
        "nVar": int(matrix.shape[1]),
        "nnz": int(matrix.nnz),
        "sum": float(values.sum()),
        "sumByObs": float((values * (matrix.row % 97)).sum()),
        "sumByVar": float((values * (matrix.col % 89)).sum()),
    }
    if obs_names is not None:
        result["obsNames"] = digest(obs_names)
    if var_names is not None:
        result["varNames"] = digest(var_names)
    return {**result, **more}


def texts(array):
    return [x.decode() if isinstance(x, bytes) else str(x) for x in array[()]]


def tenx_h5(path):
    with h5py.File(path) as f:
        groups = ["matrix"] if "matrix" in f else sorted(f)
        g = f[groups[0]]
        shape = g["shape"][()]
        matrix = sp.csc_matrix((g["data"][()], g["indices"][()], g["indptr"][()]), shape=shape).T.tocsr()
        names = texts(g["features/name"] if "features" in g else g["gene_names"])
        return facts(matrix, texts(g["barcodes"]), names if len(set(names)) == len(names) else None)


def lines(folder, *names):
    for name in names:
        for path in (os.path.join(folder, name), os.path.join(folder, name + ".gz")):
            if os.path.exists(path):
                with (gzip.open if path.endswith(".gz") else open)(path, "rt") as f:
                    return [line.rstrip("\n").split("\t") for line in f]
    raise FileNotFoundError(folder)


def tenx_mtx(folder):
    matrix = sp.csr_matrix(scipy.io.mmread(glob.glob(os.path.join(folder, "matrix.mtx*"))[0])).T.tocsr()
    features = lines(folder, "features.tsv", "genes.tsv")
    kept = [i for i, row in enumerate(features) if len(row) < 3 or row[2] == "Gene Expression"]
    names = [features[i][1] for i in kept]
    barcodes = [row[0] for row in lines(folder, "barcodes.tsv")]
    return facts(matrix[:, kept], barcodes, names if len(set(names)) == len(names) else None)


def old_h5ad(path, place):
    """anndata no longer reads the layout of 0.5; h5py does."""
    with h5py.File(path) as f:
        obs, var = f["obs"], f["raw.var" if place == "raw/X" else "var"]
        if place == "X":
            matrix = sp.csr_matrix(f["X"][()].astype(np.float64))
        else:
            g = f["raw.X"]
            matrix = sp.csr_matrix((g["data"][()], g["indices"][()], g["indptr"][()]), shape=g.attrs["h5sparse_shape"])
        categories = texts(f["uns/bulk_labels_categories"])
        labels = [categories[i] for i in obs["bulk_labels"]]
        return facts(
            matrix,
            [x.decode() for x in obs["index"]],
            [x.decode() for x in var["index"]],
            categorical={"name": "bulk_labels", "digest": digest(labels)},
            numeric={"name": "n_genes", "sum": float(obs["n_genes"].astype(np.float64).sum())},
            obsm={"X_pca": float(f["obsm"]["X_pca"].astype(np.float64).sum())},
        )


def h5ad(path, place, categorical=None, numeric=None):
    a = anndata.read_h5ad(path)
    matrix = a.raw.X if place == "raw/X" else a.X if place == "X" else a.layers[place.split("/")[1]]
    var_names = a.raw.var_names if place == "raw/X" else a.var_names
    more = {}
    if categorical:
        more["categorical"] = {"name": categorical, "digest": digest(["" if x != x else str(x) for x in a.obs[categorical]])}
    if numeric:
        more["numeric"] = {"name": numeric, "sum": float(a.obs[numeric].sum())}
    more["obsm"] = {
        name: float(np.asarray(value, dtype=np.float64).sum()) for name, value in a.obsm.items() if isinstance(value, np.ndarray)
    }
    unique = lambda names: [str(x) for x in names] if len(set(names)) == len(names) else None
    return facts(matrix, unique(a.obs_names), unique(var_names), **more)


golden = {}


def add(path, result, **options):
    golden[path + ("" if not options else "?" + ",".join(f"{k}={v}" for k, v in options.items()))] = {
        "path": path,
        "options": options,
        **result,
    }


for pattern in ["pbmc3k/*.h5", "cellranger/**/*.h5", "visium/**/*.h5"]:
    for path in sorted(glob.glob(os.path.join(data, pattern), recursive=True)):
        add(os.path.relpath(path, data), tenx_h5(path))
for folder in [
    "pbmc3k/filtered_feature_bc_matrix",
    "cellranger/scanpy/1.2.0/filtered_gene_bc_matrices/hg19_chr21",
    "cellranger/scanpy/3.0.0/filtered_feature_bc_matrix",
    "cellranger/scanpy/int-ids",
    "cellranger/seurat/cr3.0",
    "cellranger/seurat/v2",
    "visium/visiumio/10xVisium/section1/outs/raw_feature_bc_matrix",
]:
    add(folder, tenx_mtx(os.path.join(data, folder)))
add("old_anndata/anndata_v0.5.0_adata.h5ad", old_h5ad(f"{data}/old_anndata/anndata_v0.5.0_adata.h5ad", "X"))
add("old_anndata/anndata_v0.5.0_adata.h5ad", old_h5ad(f"{data}/old_anndata/anndata_v0.5.0_adata.h5ad", "raw/X"), matrix="raw/X")
for path, place, categorical, numeric in [
    ("old_anndata/anndata_v0.7.8_adata.h5ad", "X", "cat_ordered", "float64"),
    ("old_anndata/anndata_v0.7.8_adata.h5ad", "raw/X", "obs_cat", "int64"),
    ("old_anndata/anndata_v0.7.8_adata.h5ad", "layers/array", None, "uint8"),
    ("old_anndata/anndata_v0.7.8_adata.h5ad", "layers/sparse", None, None),
    ("old_anndata/mini_mat.anndata-v0.10.9.h5ad", "X", None, None),
    ("old_anndata/mini_mat.anndata-v0.10.9.h5ad", "layers/dense", None, None),
    ("old_anndata/mini_mat.anndata-v0.10.9.h5ad", "layers/transpose", None, None),
    ("citeseq/bmmc_cite_starter_adt.h5ad", "layers/counts", "cell_type", "total_counts"),
    ("citeseq/bmmc_cite_starter_rna.h5ad", "layers/counts", "phase", "n_genes_by_counts"),
    ("citeseq/bmmc_cite_starter_rna.h5ad", "X", "batch", None),
    ("citeseq/pbmc_10k_protein_v3_200cells.h5ad", "X", None, "n_counts"),
    ("merfish_mouse_poa/merfish_mousePOA_volnorm_labelled.h5ad", "X", "neuron_type", "x"),
    ("stereoseq_drosophila/slice1.h5ad", "layers/raw_counts", "annotation", "new_z"),
    ("stereoseq_drosophila/slice1.h5ad", "X", "annotation", "raw_x"),
    ("visium_dlpfc_151510/dlpfc_151510_500svg.h5ad", "X", "layer", "array_row"),
    ("visium/squidpy_test_data.h5ad", "X", "leiden", "in_tissue"),
    ("pbmc3k/pbmc3k_raw_labelled.h5ad", "X", "cell_type", "percent_mt"),
]:
    add(path, h5ad(os.path.join(data, path), place, categorical, numeric), matrix=place)

print(json.dumps(golden, indent=1))
