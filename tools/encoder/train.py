"""Trains a table of vectors to lie where a teacher puts the texts. Only numpy: nothing to install twice."""

import math
import random
import re
from dataclasses import dataclass

import numpy as np

from table import UNKNOWN, Table, clean

BATCH, MOST_ENTRIES = 512, 40
RELATIONS = 6.0  # how much the likeness of pairs counts beside that with the teacher
SHARE_OF_ENGLISH = 0.55  # of a second teacher, for pairs of English texts


@dataclass
class Trained:
    rows: np.ndarray
    weights: np.ndarray
    output: np.ndarray
    #: Mean cosine with the teacher in the last epoch.
    cosine: float


class Adam:
    """AdamW without decay (Loshchilov and Hutter, 2019), over a whole array."""

    def __init__(self, values: np.ndarray):
        self.values, self.mean, self.square, self.steps = values, np.zeros_like(values), np.zeros_like(values), 0

    def step(self, gradient: np.ndarray, rate: float) -> None:
        self.steps += 1
        self.mean += 0.1 * (gradient - self.mean)
        self.square += 0.001 * (gradient**2 - self.square)
        mean = self.mean / (1 - 0.9**self.steps)
        square = self.square / (1 - 0.999**self.steps)
        self.values -= rate * mean / (np.sqrt(square) + 1e-8)


def spoil(text: str, chance: random.Random) -> str:
    """What people do to texts: no capitals, no marks, a slip."""
    if chance.random() < 0.35:
        text = text.lower()
    if chance.random() < 0.35:
        text = re.sub(r"[.!?,]+", "", text)
    if chance.random() < 0.08 and len(text) > 8:
        at = chance.randrange(1, len(text) - 2)
        slips = (
            text[:at] + text[at + 1 :],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
            text[:at] + text[at] + text[at:],
        )
        text = chance.choice(slips)
    return text or "a"


def train(
    table: Table,
    start: np.ndarray,
    texts: list[str],
    targets: np.ndarray,
    english: np.ndarray | None = None,
    *,
    dimensions: int = 128,
    epochs: int = 9,
    rate: float = 3e-3,
    seed: int = 0,
) -> Trained:
    """`start`: the teacher's place of each entry alone. `english`: a second teacher's, zeros elsewhere."""
    chance = random.Random(seed)
    splitter = table.splitter()
    width = targets.shape[1]
    dimensions = min(dimensions, width)
    begin = start[:, :dimensions] / (np.abs(start).std() + 1e-9) * 0.1
    rows = Adam(begin.astype(np.float32).copy())
    weights = Adam(np.log(1e-3 / (1e-3 + np.array(table.frequencies))).astype(np.float32))
    output = Adam(np.eye(dimensions, width, dtype=np.float32))
    steps = epochs * max(1, math.ceil(len(texts) / BATCH))
    step, cosine = 0, 0.0
    for _ in range(epochs):
        split = [
            each.ids[:MOST_ENTRIES] or [UNKNOWN]
            for each in splitter.encode_batch([clean(spoil(text, chance)) for text in texts])
        ]
        order = list(range(len(texts)))
        chance.shuffle(order)
        seen = []
        for begin_at in range(0, len(order), BATCH):
            batch = order[begin_at : begin_at + BATCH]
            falling = max(0.02, 0.5 * (1 + math.cos(math.pi * step / steps)))
            warm = min(1.0, (step + 1) / min(200, 1 + steps // 10))
            relations = _relations(targets[batch], None if english is None else english[batch])
            seen.append(
                _step(rows, weights, output, [split[i] for i in batch], targets[batch], relations, rate * falling * warm)
            )
            step += 1
        cosine = float(np.mean(seen))
    return Trained(rows.values, weights.values, output.values, cosine)


def _relations(targets: np.ndarray, english: np.ndarray | None) -> np.ndarray:
    likeness = targets @ targets.T
    if english is None:
        return likeness
    has = np.abs(english).sum(1) > 0
    both = has[:, None] & has[None, :]
    mixed = (1 - SHARE_OF_ENGLISH) * likeness + SHARE_OF_ENGLISH * (english @ english.T)
    return np.where(both, mixed, likeness)


def _step(rows, weights, output, split, targets, relations, rate: float) -> float:
    size = len(split)
    entries = np.concatenate([np.array(ids) for ids in split])
    owner = np.repeat(np.arange(size), [len(ids) for ids in split])
    scale = np.exp(weights.values[entries])[:, None]
    summed = np.zeros((size, rows.values.shape[1]), np.float32)
    np.add.at(summed, owner, rows.values[entries] * scale)
    raw = summed @ output.values
    length = np.linalg.norm(raw, axis=1, keepdims=True) + 1e-9
    said = raw / length
    cosine = (said * targets).sum(1).mean()
    # The loss is 1 - cosine, plus the mean squared error of the likeness of all pairs.
    error = said @ said.T - relations
    back = -targets / size + RELATIONS * 4 * error @ said / (size * max(1, size - 1))
    back = (back - said * (back * said).sum(1, keepdims=True)) / length
    norm = np.sqrt((back**2).sum())
    back /= max(1.0, float(norm))
    back_summed = back @ output.values.T
    each = back_summed[owner] * scale
    row_gradient = np.zeros_like(rows.values)
    np.add.at(row_gradient, entries, each)
    weight_gradient = np.zeros_like(weights.values)
    np.add.at(weight_gradient, entries, (each * rows.values[entries]).sum(1))
    output.step(summed.T @ back, rate)
    rows.step(row_gradient, rate)
    weights.step(weight_gradient, rate)
    return float(cosine)
