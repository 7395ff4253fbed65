"""Golden values of main/methods/pca, from scikit-learn's exact PCA.

    python3 -m venv /tmp/golden && /tmp/golden/bin/pip install scikit-learn numpy
    /tmp/golden/bin/python build/golden/pca.py

Writes main/methods/pca/pca.golden.json. The data are counts that the test makes again from the same formula.
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.decomposition import PCA

N_OBS, N_VAR, K = 90, 40, 6
i, j = np.meshgrid(np.arange(N_OBS), np.arange(N_VAR), indexing="ij")
counts = (i * 7 + j * 13 + (i * j) % 11 + 9 * ((i % 3) == (j % 3)) * (j % 5)) % 17
scaled = np.log1p(counts * 1e4 / counts.sum(1, keepdims=True))

pca = PCA(K, svd_solver="full").fit(scaled)
Path(__file__).parents[2].joinpath("main/methods/pca/pca.golden.json").write_text(
    json.dumps(
        {
            "versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
            "variance": pca.explained_variance_.tolist(),
            "ratio": pca.explained_variance_ratio_.tolist(),
            "components": pca.components_.tolist(),
            "scores": pca.transform(scaled)[:10].tolist(),
        },
        indent=1,
    )
    + "\n"
)
