"""Golden values of the metrics in main/evaluate, from scikit-learn and SciPy.

    python3 -m venv /tmp/golden && /tmp/golden/bin/pip install scikit-learn scipy numpy
    /tmp/golden/bin/python build/golden/metrics.py

Writes main/evaluate/metrics.golden.json. The versions used stand in the file.
"""

import json
from pathlib import Path

import numpy as np
import scipy
import sklearn
from scipy import stats
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist, cosine
from sklearn import metrics

rng = np.random.default_rng(20240501)


def partitions():
    noisy = rng.integers(0, 6, 300)
    flipped = np.where(rng.random(300) < 0.3, rng.integers(0, 9, 300), noisy)
    large = rng.integers(0, 12, 4000)
    yield "noisy copy", noisy, flipped
    yield "independent", rng.integers(0, 5, 500), rng.integers(0, 7, 500)
    yield "large", large, np.where(rng.random(4000) < 0.6, rng.integers(0, 40, 4000), large * 3)
    yield "identical", noisy, noisy
    yield "renamed", noisy, (noisy * 7 + 3) % 41
    yield "one cluster", noisy, np.zeros(300, int)
    yield "one label", np.zeros(300, int), noisy
    yield "one of both", np.zeros(20, int), np.zeros(20, int)
    yield "all single clusters", noisy, np.arange(300)
    yield "all single both", np.arange(25), np.arange(25)[::-1].copy()
    yield "refined", noisy, noisy * 2 + rng.integers(0, 2, 300)
    yield "two observations", np.array([0, 1]), np.array([1, 1])
    yield "one observation", np.array([3]), np.array([5])


def cluster_case(name, truth, clusters):
    h, c, v = metrics.homogeneity_completeness_v_measure(truth, clusters)
    table = metrics.cluster.contingency_matrix(truth, clusters)
    rows, columns = linear_sum_assignment(table, maximize=True)
    return {
        "name": name,
        "truth": truth.tolist(),
        "clusters": clusters.tolist(),
        "ari": metrics.adjusted_rand_score(truth, clusters),
        "nmi": {
            kind: metrics.normalized_mutual_info_score(truth, clusters, average_method=kind)
            for kind in ("arithmetic", "geometric", "min", "max")
        },
        "mutualInformation": float(metrics.mutual_info_score(truth, clusters)),
        "homogeneity": float(h),
        "completeness": float(c),
        "vMeasure": float(v),
        "matchedShare": float(table[rows, columns].sum() / len(truth)),
    }


def silhouette_case(name, values, codes):
    distances = cdist(values, values)
    return {
        "name": name,
        "nDim": values.shape[1],
        "values": values.ravel().tolist(),
        "codes": codes.tolist(),
        "value": float(metrics.silhouette_score(distances, codes, metric="precomputed")),
    }


def silhouettes():
    centres = rng.normal(0, 3, (4, 5))
    codes = rng.integers(0, 4, 120)
    values = np.round(centres[codes] + rng.normal(0, 1, (120, 5)), 4)
    yield "blobs", values, codes
    yield "shuffled", values, rng.permutation(codes)
    single = codes.copy()
    single[0] = 9
    yield "with a cluster of one", values, single
    yield "one dimension", values[:40, :1], codes[:40]
    yield "far from the origin", values + 1000.0, codes


def rowwise():
    truth = np.round(rng.gamma(2.0, 1.0, (12, 40)), 3)
    predicted = np.round(truth * rng.uniform(0.5, 1.5, truth.shape) + rng.normal(0, 0.4, truth.shape), 3)
    truth[0] = np.round(truth[0])  # ties
    predicted[1] = np.round(predicted[1])
    truth[2] *= -1
    return {
        "nDim": 40,
        "truth": truth.ravel().tolist(),
        "predicted": predicted.ravel().tolist(),
        "absoluteError": [metrics.mean_absolute_error(a, b) for a, b in zip(truth, predicted)],
        "squaredError": [metrics.mean_squared_error(a, b) for a, b in zip(truth, predicted)],
        "cosine": [1 - float(cosine(a, b)) for a, b in zip(truth, predicted)],
        "pearson": [float(stats.pearsonr(a, b).statistic) for a, b in zip(truth, predicted)],
        "spearman": [float(stats.spearmanr(a, b).statistic) for a, b in zip(truth, predicted)],
    }


golden = {
    "versions": {"scikit-learn": sklearn.__version__, "scipy": scipy.__version__, "numpy": np.__version__},
    "clusters": [cluster_case(*case) for case in partitions()],
    "silhouettes": [silhouette_case(*case) for case in silhouettes()],
    "rowwise": rowwise(),
}
out = Path(__file__).parents[2] / "main" / "evaluate" / "metrics.golden.json"
out.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
print(f"{out}: {out.stat().st_size} bytes")
