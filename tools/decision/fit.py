"""Fits the matcher to simulated communities. Needs numpy.

Usage: python tools/decision/fit.py TRAIN.f32 CHECK.f32 src/learning/recall/decision/matcher.json
"""

import json
import sys

import numpy as np

NAMES = """score lead logOdds cosineLead cosineRank meaningLead meaningRank coveredPrompt coveredExample
coveredByAnswer coveredByAll missingPrompt missingExample substituted substitutedInPlace substitutedAlike
moreMissingPrompt moreMissingExample frame frameLead coverLead translated translatedRank translatedCover words knownLength agrees answers examples""".split()
SIZES = [NAMES.index("answers"), NAMES.index("examples")]
BEFORE = 5  # question, community, kind, right, weight
QUESTION, KIND, RIGHT, WEIGHT = 0, 2, 3, 4
RIDGE = 600.0
ROUNDS = 12
# Strangers in the other language than what was taught are rarer in the simulation than in life.
TRANSLATED_STRANGER_WEIGHT = 3.0
# A bot that was taught one or two answers is asked about everything else.
STRANGER_TO_FEW_WEIGHT = 3.0


def load(path):
    """The rows of one file, or of several with commas between them."""
    parts = []
    for place, file in enumerate(path.split(",")):
        rows = np.fromfile(file, dtype=np.float32).reshape(-1, BEFORE + len(NAMES)).astype(np.float64)
        rows[:, QUESTION] += place * 1e6
        parts.append(rows)
    return np.concatenate(parts)


def knots_of(signals):
    return [
        [] if name in ("agrees", "translated") else sorted({round(float(x), 3) for x in np.quantile(column, [0.25, 0.5, 0.75])})
        for name, column in zip(NAMES, signals.T)
    ]


def inputs_of(signals, knots):
    columns = [np.ones(len(signals)), *signals.T]
    for at, column in enumerate(signals.T):
        if at not in SIZES:
            columns += [column * signals[:, SIZES[0]], column * signals[:, SIZES[1]]]
    for column, own in zip(signals.T, knots):
        columns += [np.maximum(0, column - knot) for knot in own]
    return np.stack(columns, 1)


def fit(inputs, right, weight):
    """Ridge-penalised logistic regression by Newton's method, on standardised inputs."""
    mean = np.average(inputs, axis=0, weights=weight)
    deviation = np.sqrt(np.average((inputs - mean) ** 2, axis=0, weights=weight)) + 1e-9
    mean[0], deviation[0] = 0, 1
    scaled = (inputs - mean) / deviation
    ridge = np.full(inputs.shape[1], RIDGE)
    ridge[0] = 1e-6
    now = np.zeros(inputs.shape[1])
    for _ in range(ROUNDS):
        expected = 1 / (1 + np.exp(-(scaled @ now)))
        gradient = scaled.T @ (weight * (right - expected)) - ridge * now
        curvature = (scaled * (weight * expected * (1 - expected))[:, None]).T @ scaled + np.diag(ridge)
        now = now + np.linalg.solve(curvature, gradient)
    coefficients = now / deviation
    coefficients[0] = now[0] - np.sum(now * mean / deviation)
    return coefficients


def report(rows, probability, name):
    # Of the candidates of a question the likeliest counts.
    order = np.lexsort((-probability, rows[:, QUESTION]))
    first = order[np.unique(rows[order, QUESTION], return_index=True)[1]]
    rows, probability = rows[first], probability[first]
    kind, right = rows[:, KIND], rows[:, RIGHT] == 1
    print(name, "first guess", round(100 * right[kind == 0].mean(), 1))
    for level in (0.6, 0.5, 0.45, 0.4):
        given = probability >= level
        share = lambda among, what: round(100 * what[among].mean(), 1) if among.any() else None
        print(name, level, *(f"{label} {value}" for label, value in {
            "right": share(kind == 0, given & right), "wrong": share(kind == 0, given & ~right),
            "near": share(kind == 1, given), "far": share(kind == 2, given),
            "swap": share(kind == 3, given), "slip": share(kind == 4, given & right),
        }.items()))


if __name__ == "__main__":
    train, check, out = load(sys.argv[1]), load(sys.argv[2]), sys.argv[3]
    knots = knots_of(train[:, BEFORE:])
    translated = train[:, BEFORE + NAMES.index("translated")] == 1
    weight = train[:, WEIGHT].copy()
    few = train[:, BEFORE + NAMES.index("answers")] < np.log(2.5) / 5
    weight *= np.where(few & (train[:, RIGHT] == 0), STRANGER_TO_FEW_WEIGHT, 1)
    weight *= np.where((train[:, KIND] == 2) & translated, TRANSLATED_STRANGER_WEIGHT, 1)
    weight = weight / weight.mean()
    coefficients = fit(inputs_of(train[:, BEFORE:], knots), train[:, RIGHT], weight)
    for name, rows in (("train", train), ("check", check)):
        report(rows, 1 / (1 + np.exp(-(inputs_of(rows[:, BEFORE:], knots) @ coefficients))), name)
    with open(out, "w") as file:
        json.dump({"knots": knots, "coefficients": [round(float(x), 5) for x in coefficients]}, file, indent=1)
        file.write("\n")
