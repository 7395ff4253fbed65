"""UMAP of 20,000 x 32 by umap-learn on two threads; prints the seconds of fit_transform after compilation."""

import json
import time

import numba
import numpy as np
import umap

numba.set_num_threads(2)
rng = np.random.default_rng(1)
centres = rng.normal(0, 4, (10, 32))
data = (centres[np.arange(20_000) % 10] + rng.normal(0, 1, (20_000, 32))).astype(np.float32)
umap.UMAP(n_neighbors=15, n_jobs=2).fit_transform(data[:600])
begin = time.perf_counter()
umap.UMAP(n_neighbors=15, min_dist=0.1, n_jobs=2).fit_transform(data)
print(json.dumps({"seconds": time.perf_counter() - begin, "note": f"umap-learn {umap.__version__}"}))
