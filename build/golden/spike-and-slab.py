"""Golden values of main/methods/vsc/divergence.ts: numerical integration (SciPy) of the definition of the divergence.

    python3 -m venv /tmp/golden && /tmp/golden/bin/pip install scipy numpy torch
    /tmp/golden/bin/python build/golden/spike-and-slab.py

Writes main/methods/vsc/divergence.golden.json. A spike and slab has a density away from zero and a mass at zero, so its
divergence is an integral over the slab plus one term of the mass; gradients come from PyTorch's autograd of the closed form,
after the closed form has been held against the integral.
"""

import json
from pathlib import Path

import numpy as np
import scipy
import torch
from scipy.integrate import quad
from scipy.stats import norm

rng = np.random.default_rng(3)
f32 = lambda v: float(np.float32(v))


def integral(q, p):
    (mean, sd, gamma), (mean_p, sd_p, gamma_p) = q, p

    def integrand(z):
        log_q, log_p = norm.logpdf(z, mean, sd) + np.log(gamma), norm.logpdf(z, mean_p, sd_p) + np.log(gamma_p)
        return np.exp(log_q) * (log_q - log_p)

    slab, error = quad(integrand, mean - 15 * sd, mean + 15 * sd, limit=500, epsabs=1e-12, points=[mean])
    assert error < 1e-8
    return slab + (1 - gamma) * np.log((1 - gamma) / (1 - gamma_p))


def closed(mean, sd, gamma, mean_p, sd_p, gamma_p):
    slab = torch.log(sd_p / sd) + (sd**2 + (mean - mean_p) ** 2) / (2 * sd_p**2) - 0.5
    return gamma * (slab + torch.log(gamma / gamma_p)) + (1 - gamma) * torch.log((1 - gamma) / (1 - gamma_p))


def draw():
    return f32(rng.normal()), f32(np.exp(rng.normal() * 0.5)), f32(rng.uniform(0.03, 0.97))


cases = []
for k in range(8):
    q = draw()
    p = (0.0, 1.0, f32([0.5, 0.2, 0.01, 0.9][k % 4])) if k < 4 else draw()
    value = integral(q, p)
    inputs = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (*q, *p)]
    analytic = closed(*inputs)
    assert abs(analytic.item() - value) < 1e-9, (analytic.item(), value)
    analytic.backward()
    cases.append(
        {
            "q": dict(zip(("mean", "sd", "gamma"), q)),
            "p": dict(zip(("mean", "sd", "gamma"), p)),
            "value": value,
            "slope": dict(zip(("mean", "sd", "gamma"), (v.grad.item() for v in inputs[:3]))),
        }
    )

out = {"made": {"scipy": scipy.__version__, "numpy": np.__version__, "torch": torch.__version__}, "cases": cases}
path = Path(__file__).resolve().parents[2] / "main/methods/vsc/divergence.golden.json"
path.write_text(json.dumps(out, indent=1) + "\n")
