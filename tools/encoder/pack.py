"""Writes a trained table as a pack, and the vectors that every reader of it must reproduce."""

import hashlib
import json
from pathlib import Path

import numpy as np

from table import MOST_PIECES, UNKNOWN, Table, clean
from train import Trained

CHECKS = (
    "How do I reset my password?",
    "Во сколько перезагружается сервер?",
    "What's the Wi-Fi password 😀",
    "привеееет",
    "ЁЛКА",
    "ﬁne № 5",
    "漢字 и слово",
    "1.20.4",
)


def write_pack(table: Table, trained: Trained, name: str, languages: list[str], out: Path) -> dict:
    rows, scales = _quantised(trained)
    out.mkdir(parents=True, exist_ok=True)
    files = {
        "vocabulary.txt": ("\n".join(table.entries) + "\n").encode(),
        "scores.f32": np.array(table.scores, np.float32).tobytes(),
        "rows.i8": rows.tobytes(),
        "scales.f32": scales.tobytes(),
    }
    digest = hashlib.sha256()
    for file, content in files.items():
        digest.update(content)
        (out / file).write_bytes(content)
    pack = {
        "id": f"{name}-{rows.shape[1]}-{digest.hexdigest()[:8]}",
        "dimensions": rows.shape[1],
        "entries": len(table.entries),
        "languages": languages,
        "unknownRow": UNKNOWN,
        "normalisation": "NFKC, lower case, ё to е, white space to one space; each word gets ▁ in front",
        "segmentation": "unigram: the split of a word with the highest sum of scores; a character in no "
        "entry is the unknown row, neighbours of it joined",
        "vector": "sum of rows times their scales, to unit length, times 127, rounded",
        "sha256": digest.hexdigest(),
    }
    (out / "pack.json").write_text(json.dumps(pack, ensure_ascii=False, indent=2) + "\n")
    checks = [{"text": text, "vector": vector_of(table, rows, scales, text)} for text in CHECKS]
    (out / "check.json").write_text(json.dumps(checks, ensure_ascii=False))
    return pack


def vector_of(table: Table, rows: np.ndarray, scales: np.ndarray, text: str) -> list[int]:
    ids = table.splitter().encode(clean(text)).ids[:MOST_PIECES]
    # A text of which nothing is known has no meaning: zeros.
    if all(entry in (UNKNOWN, table.entries.index("▁")) for entry in ids):
        return [0] * rows.shape[1]
    total = np.zeros(rows.shape[1])
    for entry in ids:  # in this order: sums of floating-point numbers depend on it
        total += rows[entry].astype(np.float64) * float(scales[entry])
    squares = 0.0
    for value in total:
        squares += float(value) ** 2
    return [int(np.floor(value / (squares**0.5 + 1e-12) * 127 + 0.5)) for value in total]


def _quantised(trained: Trained) -> tuple[np.ndarray, np.ndarray]:
    """Rows as int8 with a scale each; the output layer is turned away, the widest axes come first."""
    _, turned = np.linalg.qr(trained.output.T.astype(np.float64))
    placed = (trained.rows * np.exp(trained.weights)[:, None]).astype(np.float64) @ turned.T
    _, _, axes = np.linalg.svd(placed, full_matrices=False)
    placed = placed @ axes.T
    scales = np.abs(placed).max(1) / 127
    scales[scales == 0] = 1e-9
    rows = np.clip(np.round(placed / scales[:, None]), -127, 127).astype(np.int8)
    return rows, scales.astype(np.float32)
