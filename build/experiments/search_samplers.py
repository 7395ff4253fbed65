"""The functions of search-samplers.ts searched by Optuna's TPESampler with its defaults.

Repeat: python build/experiments/search_samplers.py [trials] [seeds]   (needs optuna)
"""

import math
import statistics
import sys

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
n_trials = int(sys.argv[1]) if len(sys.argv) > 1 else 80
n_seeds = int(sys.argv[2]) if len(sys.argv) > 2 else 20


def sphere(trial):
    return sum(trial.suggest_float(key, -5, 5) ** 2 for key in "abcde")


def branin(trial):
    x, y = trial.suggest_float("x", -5, 10), trial.suggest_float("y", 0, 15)
    b = 5.1 / (4 * math.pi**2)
    return (
        (y - b * x * x + (5 / math.pi) * x - 6) ** 2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10 - 0.397887
    )


def network(trial):
    rate = trial.suggest_float("rate", 1e-5, 1, log=True)
    width = trial.suggest_int("width", 4, 512, log=True)
    kind = trial.suggest_categorical("kind", ["a", "b", "c", "d"])
    share = trial.suggest_float("share", 0, 0.9, step=0.1)
    return (
        (math.log10(rate) + 3) ** 2
        + math.log2(width / 64) ** 2 / 4
        + (0 if kind == "c" else 1)
        + (share - 0.5) ** 2
    )


print(f"optuna {optuna.__version__}, {n_trials} trials, {n_seeds} seeds: mean (sd) of log10(best)")
for name, objective in [("sphere, 5 dimensions", sphere), ("Branin", branin), ("rate, width, kind, share", network)]:
    values = []
    for seed in range(n_seeds):
        study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed))
        study.optimize(objective, n_trials=n_trials)
        values.append(math.log10(study.best_value + 1e-12))
    print(f"{name}: {statistics.mean(values):.2f} ({statistics.stdev(values):.2f})")
