"""Golden values for main/embed/leiden, from leidenalg (Leiden) and igraph (Louvain).

    python3 -m venv /tmp/golden && /tmp/golden/bin/pip install leidenalg igraph numpy
    /tmp/golden/bin/python build/golden/leiden.py

Takes the neighbour graph of main/embed/embeddings.golden.json and a random graph; writes main/embed/leiden/leiden.golden.json:
for each resolution the modularity that each reaches over ten seeds.
"""

import json
import random
from importlib.metadata import version
from pathlib import Path

import igraph
import leidenalg
import numpy as np

embed = Path(__file__).parents[2] / "main" / "embed"
neighbours = json.loads((embed / "embeddings.golden.json").read_text())["umap"]["edges"]

rng = np.random.default_rng(5)
pairs = sorted({tuple(sorted(p)) for p in rng.integers(0, 120, (700, 2)).tolist() if p[0] != p[1]})
noise = [[i, j, round(float(w), 3)] for (i, j), w in zip(pairs, rng.uniform(0.01, 1, len(pairs)))]


def figures(edges: list, resolution: float) -> dict:
    graph = igraph.Graph([(i, j) for i, j, _ in edges])
    graph.es["weight"] = [w for *_, w in edges]
    score = lambda membership: graph.modularity(membership, weights="weight", resolution=resolution)
    leiden, louvain = [], []
    for seed in range(10):
        leiden.append(
            score(
                leidenalg.find_partition(
                    graph,
                    leidenalg.RBConfigurationVertexPartition,
                    weights="weight",
                    resolution_parameter=resolution,
                    n_iterations=-1,
                    seed=seed,
                ).membership
            )
        )
        random.seed(seed)
        louvain.append(score(graph.community_multilevel(weights="weight", resolution=resolution).membership))
    return {
        "resolution": resolution,
        "leiden": {"mean": float(np.mean(leiden)), "most": max(leiden)},
        "louvain": {"mean": float(np.mean(louvain)), "most": max(louvain)},
    }


golden = {
    "versions": {"leidenalg": version("leidenalg"), "igraph": version("igraph")},
    "graphs": [
        {
            "name": name,
            "nNodes": 1 + max(j for _, j, _ in edges),
            "edges": edges,
            "figures": [figures(edges, resolution) for resolution in (0.3, 1, 2, 4)],
        }
        for name, edges in (("neighbours", neighbours), ("random", noise))
    ],
}
# The first graph is in the other file already.
golden["graphs"][0]["edges"] = None
out = embed / "leiden" / "leiden.golden.json"
out.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
print(f"{out}: {out.stat().st_size} bytes")
for graph in golden["graphs"]:
    for one in graph["figures"]:
        print(graph["name"], one)
