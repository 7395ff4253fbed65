"""Golden values of main/engine/likelihoods: mpmath, checked against SciPy (values) and PyTorch's autograd (gradients).

    python3 -m venv /tmp/golden && /tmp/golden/bin/pip install scipy numpy torch mpmath
    /tmp/golden/bin/python build/golden/likelihoods.py

Writes main/engine/likelihoods/likelihoods.golden.json. All inputs are float32 numbers, so that the only error measured is that
of the computation. SciPy and PyTorch lose digits where log-gamma functions of large numbers cancel; mpmath, with 60 digits, has
them all, and the others must agree as far as their own digits go.
"""

import json
from pathlib import Path

import mpmath as mp
import numpy as np
import scipy
import torch
from scipy import special, stats

mp.mp.dps = 60
rng = np.random.default_rng(7)
f32 = lambda v: float(np.float32(v))


def pieces(x, lm, theta, r):
    mu = mp.exp(lm)
    if theta is None:
        logf = x * mp.mpf(lm) - mu - mp.loggamma(x + 1)
    else:
        logf = (
            mp.loggamma(x + theta) - mp.loggamma(theta) - mp.loggamma(x + 1)
            - theta * mp.log1p(mu / theta) + x * (mp.mpf(lm) - mp.log(theta + mu))
        )
    if r is None:
        return -logf
    s = 1 / (1 + mp.exp(mp.mpf(-r)))
    if x == 0:
        return -mp.log(s + (1 - s) * mp.exp(logf))
    return -(mp.log(1 - s) + logf)


def torch_nll(x, lm, theta, r):
    mu = torch.exp(lm)
    if theta is None:
        logf = x * lm - mu - torch.lgamma(x + 1)
    else:
        logf = (
            torch.lgamma(x + theta) - torch.lgamma(theta) - torch.lgamma(x + 1)
            - theta * torch.log1p(mu / theta) + x * (lm - torch.log(theta + mu))
        )
    if r is None:
        return -logf
    logsig = torch.nn.functional.logsigmoid
    if x == 0:
        return -torch.logaddexp(logsig(r), logsig(-r) + logf)
    return -(logsig(-r) + logf)


def case(model, x, mu, theta, r):
    lm = f32(np.log(mu))
    theta = f32(theta) if "nb" in model else None
    r = f32(r) if model.startswith("zi") else None
    args = {"logMean": lm, "dispersion": theta, "dropout": r}
    nll = pieces(x, lm, theta, r)
    grads = {}
    for name in args:
        if args[name] is None:
            continue
        at = mp.mpf(args[name])
        step = max(abs(at), mp.mpf("1e-3")) * mp.mpf("1e-18")
        f = lambda v: pieces(x, *[v if key == name else value for key, value in args.items()])
        grads[name] = (f(at + step) - f(at - step)) / (2 * step)
    # SciPy: values.
    m = np.exp(np.float64(lm))
    logf = stats.poisson.logpmf(x, m) if theta is None else stats.nbinom.logpmf(x, theta, 1 / (1 + m / theta))
    if r is not None:
        ls, ln = -np.logaddexp(0, -r), -np.logaddexp(0, r)
        logf = np.logaddexp(ls, ln + logf) if x == 0 else ln + logf
    assert abs(-logf - float(nll)) < 1e-6 * abs(float(nll)) + 1e-8, (model, args, x, logf, nll)
    # PyTorch: gradients.
    leaves = {k: torch.tensor(v, dtype=torch.float64, requires_grad=True) for k, v in args.items() if v is not None}
    torch_nll(torch.tensor(float(x), dtype=torch.float64), *[leaves.get(k) for k in args]).backward()
    for name, leaf in leaves.items():
        got, want = leaf.grad.item(), float(grads[name])
        lost = 1e-13 * max(float(x), m) + (1e-13 * abs(special.digamma(theta)) + 1e-14 if theta else 0)
        assert abs(got - want) < 1e-6 * abs(want) + 10 * lost + 1e-15, (model, name, args, x, got, want)
    # The terms of the gradient by dispersion that cancel in any arithmetic, for the scale of its error.
    scale = 0.0
    if theta is not None:
        t = (x - m) / (theta + m)
        scale = abs(np.log1p(t) - t if x or m < theta else 0) + x / (2 * theta * (x + theta))
    return {"model": model, "x": x, **{k: v for k, v in args.items() if v is not None}, "nll": float(nll),
            "gradient": {k: float(v) for k, v in grads.items()}, "dispersionScale": float(scale)}


XS = [0, 0, 0, 1, 2, 3, 7, 10, 50, 1000, 12345, 100_000]
MUS = [1e-8, 1e-5, 1e-3, 0.1, 0.5, 1, 3, 10, 1e3, 9e4, 1e5]
THETAS = [1e-4, 1e-2, 0.5, 1, 2.9, 3, 10, 300, 1e4]
RS = [-40, -10, -1, -0.1, 0, 0.5, 5, 40]
cases = []
for model in ["poisson", "zip", "nb", "zinb"]:
    for _ in range(180):
        cases.append(case(model, int(rng.choice(XS)), float(rng.choice(MUS) * rng.uniform(0.8, 1)),
                          float(rng.choice(THETAS)), float(rng.choice(RS))))

arguments = [f32(v) for v in [1e-4, 1e-3, 0.01, 0.1, 0.3, 0.5, 0.9, 1, 1.1, 1.4616, 1.9, 2, 2.5, 2.99, 3, 3.01, 4, 7.5, 8, 20,
                              100, 1234.5, 1e4, 1e5]]
gamma = [{"x": v, "logGamma": float(special.gammaln(v)), "digamma": float(special.digamma(v)),
          "stirlingError": float(mp.loggamma(mp.mpf(v) + 1) - (mp.mpf(v) + 0.5) * mp.log(v) + v - mp.log(2 * mp.pi) / 2),
          "stirlingErrorSlope": float(mp.digamma(v) + 1 / (2 * mp.mpf(v)) - mp.log(v))} for v in arguments]

Path(__file__).parents[2].joinpath("main/engine/likelihoods/likelihoods.golden.json").write_text(
    json.dumps({"versions": {"scipy": scipy.__version__, "torch": torch.__version__, "mpmath": mp.__version__},
                "gamma": gamma, "cases": cases}, indent=0) + "\n")
