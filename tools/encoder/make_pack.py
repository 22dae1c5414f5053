"""Makes the pack of the built-in encoder from a teacher and a corpus.

    python make_pack.py --teacher FOLDER --corpus texts.jsonl --name en-ru --out OUT

The teacher is a sentence encoder in the layout of sentence-transformers (see export_onnx.py). The
corpus is one JSON text a line, or {"text", "language"}; single words among them help. A second teacher
for English alone can be given with --english-teacher. The same input and seed give the same pack on
one machine.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from pack import write_pack
from table import make_table
from teacher import Teacher
from train import train

AXES = 256


def read_corpus(path: Path) -> tuple[list[str], list[str]]:
    texts, languages = [], []
    for line in path.read_text("utf8").splitlines():
        if not line.strip():
            continue
        value = json.loads(line)
        text = value if isinstance(value, str) else value["text"]
        said = None if isinstance(value, str) else value.get("language")
        texts.append(text)
        languages.append(said or ("ru" if any("а" <= c <= "я" for c in text.lower()) else "en"))
    return texts, languages


def centred(vectors: np.ndarray, languages: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The middle of the languages' means, and the widest axes of their spreads together."""
    groups = [vectors[languages == language] for language in np.unique(languages)]
    mean = np.mean([group.mean(0) for group in groups], axis=0)
    spread = sum(np.cov(group.T) for group in groups if len(group) > 1)
    _, axes = np.linalg.eigh(spread)
    return mean, axes[:, ::-1][:, : min(AXES, vectors.shape[1])]


def unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-12)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--teacher", type=Path, required=True)
    options.add_argument("--english-teacher", type=Path)
    options.add_argument("--corpus", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--name", default="en-ru")
    options.add_argument("--dimensions", type=int, default=128)
    options.add_argument("--pieces", type=int, default=17_000)
    options.add_argument("--words", type=int, default=40_000)
    options.add_argument("--epochs", type=int, default=9)
    options.add_argument("--seed", type=int, default=0)
    given = options.parse_args()

    texts, said = read_corpus(given.corpus)
    languages = np.array(said)
    teacher = Teacher(given.teacher)
    vectors = teacher.encode(texts)
    mean, axes = centred(vectors, languages)
    targets = unit((vectors - mean) @ axes).astype(np.float32)
    table = make_table(teacher, texts, given.pieces, given.words)
    alone = teacher.encode([entry.replace("▁", " ").strip() or " " for entry in table.entries])
    start = ((alone - alone.mean(0)) @ axes).astype(np.float32)
    english = None
    if given.english_teacher:
        own = languages == "en"
        placed = Teacher(given.english_teacher).encode([t for t, is_own in zip(texts, own) if is_own])
        english = np.zeros((len(texts), placed.shape[1]), np.float32)
        english[own] = unit(placed - placed.mean(0))
    trained = train(
        table,
        start,
        texts,
        targets,
        english,
        dimensions=given.dimensions,
        epochs=given.epochs,
        seed=given.seed,
    )
    pack = write_pack(table, trained, given.name, sorted(set(said)), given.out)
    (given.out / "CARD.md").write_text(
        f"# {pack['id']}\n\n- **Teacher**: {given.teacher.name}"
        + (f", and {given.english_teacher.name} for English" if given.english_teacher else "")
        + f". **Texts**: {len(texts)} from {given.corpus.name}, "
        + ", ".join(f"{int((languages == each).sum())} {each}" for each in sorted(set(said)))
        + f".\n- **Made by**: `tools/encoder/make_pack.py`, {given.epochs} epochs, seed {given.seed}. "
        + f"Mean cosine with the teacher in the last epoch: {trained.cosine:.3f}.\n"
        + "- **Licence**: that of the teacher, and of the texts.\n"
    )
    print(json.dumps({"id": pack["id"], "entries": pack["entries"], "cosine": round(trained.cosine, 3)}))


if __name__ == "__main__":
    main()
