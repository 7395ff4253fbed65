"""Golden values for main/embed, from umap-learn and scikit-learn.

    python3 -m venv /tmp/golden && /tmp/golden/bin/pip install scikit-learn umap-learn numpy
    /tmp/golden/bin/python build/golden/embeddings.py

Writes main/embed/embeddings.golden.json. The versions used stand in the file.
"""

import json
from pathlib import Path

import numpy as np
import sklearn
import umap
from scipy.spatial.distance import squareform
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.manifold._t_sne import _joint_probabilities_nn
from sklearn.neighbors import NearestNeighbors
from umap.umap_ import find_ab_params, fuzzy_simplicial_set

rng = np.random.default_rng(7)
centres = rng.normal(0, 4, (5, 6))
points = np.round(centres[rng.integers(0, 5, 150)] + rng.normal(0, 1, (150, 6)), 3)

NEIGHBOURS = 10
graph = fuzzy_simplicial_set(points, NEIGHBOURS, np.random.RandomState(0), "euclidean")[0].toarray()

PERPLEXITY = 8
k = 3 * PERPLEXITY
distances = NearestNeighbors(n_neighbors=k).fit(points).kneighbors_graph(mode="distance")
distances.data **= 2
joint = _joint_probabilities_nn(distances, PERPLEXITY, 0).toarray()

pca = PCA(3).fit(points)
golden = {
    "versions": {"umap-learn": umap.__version__, "scikit-learn": sklearn.__version__, "numpy": np.__version__},
    "nDim": 6,
    "points": points.ravel().tolist(),
    "curves": [{"minDist": m, "a": float(a), "b": float(b)} for m in (0.0, 0.01, 0.1, 0.5, 0.8) for a, b in [find_ab_params(1.0, m)]],
    "umap": {
        "neighbours": NEIGHBOURS,
        "edges": [[int(i), int(j), float(graph[i, j])] for i, j in zip(*np.nonzero(np.triu(graph)))],
    },
    "tsne": {
        "perplexity": PERPLEXITY,
        "rowSums": joint.sum(1).tolist(),
        "firstRow": [[int(j), float(joint[0, j])] for j in np.nonzero(joint[0])[0]],
    },
    "pca": {"explained": pca.explained_variance_ratio_.tolist(), "scores": np.abs(pca.transform(points)[:5]).ravel().tolist()},
    "kmeans": [
        {"k": c, "inertia": float(KMeans(c, n_init=100, random_state=0).fit(points).inertia_)} for c in (1, 2, 5, 8)
    ],
}
out = Path(__file__).parents[2] / "main" / "embed" / "embeddings.golden.json"
out.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
print(f"{out}: {out.stat().st_size} bytes")
