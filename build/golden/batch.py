"""Golden values of the batch checks in main/evaluate/batch, from the definitions by NumPy, SciPy and scikit-learn.

    python3 -m venv /tmp/golden && /tmp/golden/bin/pip install scikit-learn scipy numpy
    /tmp/golden/bin/python build/golden/batch.py

Neither harmonypy nor scib is needed: LISI is written out from Korsunsky et al. 2019 (kernel, neighbours and bisection of
its code), batch ASW from Luecken et al. 2022, kBET from Buettner et al. 2019 with the neighbourhood of Luecken's code.

Writes main/evaluate/batch/batch.golden.json. The versions used stand in the file.
"""

import json
from pathlib import Path

import numpy as np
import scipy
import sklearn
from scipy.optimize import brentq
from scipy.stats import chi2
from sklearn.metrics import silhouette_samples
from sklearn.neighbors import NearestNeighbors

rng = np.random.default_rng(20261121)
PERPLEXITY = 30


def lisi(distances, indices, batch):
    """Weights with the entropy of the perplexity, by root finding instead of bisection."""
    out = []
    for d, idx in zip(distances, indices):
        def gap(log_beta):
            e = np.exp(log_beta)
            w = np.exp(-e * (d - d.min()))
            p = w / w.sum()
            return scipy.stats.entropy(p) - np.log(PERPLEXITY)

        beta = np.exp(brentq(gap, -20, 20, xtol=1e-13))
        p = np.exp(-beta * (d - d.min()))
        p /= p.sum()
        shares = np.bincount(batch[idx], weights=p)
        out.append(1 / np.sum(shares**2))
    return np.array(out)


def case(name, shift, n, n_batches, n_types, dims):
    batch = rng.integers(0, n_batches, n)
    types = rng.integers(0, n_types, n)
    points = rng.normal(size=(n, dims)) + 4 * rng.normal(size=(n_types, dims))[types]
    points = points + shift * rng.normal(size=(n_batches, dims))[batch]
    points = np.round(points, 4).astype(np.float32).astype(float)
    k0 = min(70, max(10, int(np.floor(n / n_batches / 4))))
    k = max(3 * PERPLEXITY, k0)
    distances, indices = NearestNeighbors(n_neighbors=k).fit(points).kneighbors(points)
    assert np.all(indices[:, 0] == np.arange(n))

    index = lisi(distances[:, 1 : 3 * PERPLEXITY], indices[:, 1 : 3 * PERPLEXITY], batch)
    median = np.median(index)

    widths = []
    for t in np.unique(types):
        mine = types == t
        if len(np.unique(batch[mine])) in (1, mine.sum()):
            continue
        widths.append(np.mean(1 - np.abs(silhouette_samples(points[mine], batch[mine]))))

    expected = k0 * np.bincount(batch, minlength=n_batches) / n
    found = np.array([np.bincount(batch[row], minlength=n_batches) for row in indices[:, :k0]])
    statistic = np.sum((found - expected) ** 2 / expected, axis=1)
    accepted = np.mean(chi2.sf(statistic, n_batches - 1) >= 0.05)
    return {
        "name": name,
        "nDim": dims,
        "points": [float(f"{v:.4f}") for v in points.ravel()],
        "batch": batch.tolist(),
        "types": types.tolist(),
        "median": median,
        "ilisi": (median - 1) / (n_batches - 1),
        "silhouette_batch": float(np.mean(widths)),
        "kbet_accept": accepted,
        "k": k0,
    }


def tails():
    for df in (1, 2, 3, 7, 11, 40):
        for x in (0, 0.01, 0.5, 2, df, 3 * df, 10 * df, 200):
            yield [x, df, float(chi2.sf(x, df))]


out = Path(__file__).resolve().parents[2] / "main/evaluate/batch/batch.golden.json"
out.write_text(
    json.dumps(
        {
            "versions": {"numpy": np.__version__, "scipy": scipy.__version__, "sklearn": sklearn.__version__},
            "cases": [
                case("mixed", 0.0, 400, 3, 3, 4),
                case("shifted a little", 0.4, 400, 4, 3, 4),
                case("apart", 8.0, 300, 2, 2, 3),
            ],
            "chiSquareTails": list(tails()),
        }
    )
    + "\n"
)
