"""The entries of a table, and how a text is split into them: as `src/encoders/built-in` does it."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from tokenizers import Tokenizer, models, pre_tokenizers

from teacher import Teacher

UNKNOWN = 1
MOST_PIECES = 64
# A whole word is as likely as a frequent piece, and a piece of a word less than it is alone.
WORD_SCORE, PIECE_COST = -5.0, 4.0


def clean(text: str) -> str:
    """Normalises a text before it is split."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("ё", "е")
    return re.sub(r"\s+", " ", plain).strip()


@dataclass
class Table:
    entries: list[str]
    scores: list[float]
    #: How often each occurs among all, to begin its weight with.
    frequencies: list[float]

    def splitter(self) -> Tokenizer:
        scored = list(zip(self.entries, self.scores))
        splitter = Tokenizer(models.Unigram(scored, unk_id=UNKNOWN, byte_fallback=False))
        splitter.pre_tokenizer = pre_tokenizers.Metaspace()
        return splitter


def make_table(teacher: Teacher, texts: list[str], most_pieces: int, most_words: int) -> Table:
    """The teacher's most used lower-case pieces, all single characters, and the most frequent words."""
    words: Counter[str] = Counter()
    used: Counter[str] = Counter()
    for text in map(clean, texts):
        words.update(word for word in re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*", text) if len(word) > 1)
        used.update(teacher.pieces_of(text))
    scores = teacher.pieces()
    characters = {c for text in texts for c in clean(text) if c != " "}
    chosen = [piece for piece, _ in used.most_common(most_pieces) if piece in scores and piece == clean(piece)]
    pieces = {piece: scores[piece] - PIECE_COST for piece in chosen}
    least = min(scores.values(), default=-12.0)
    for character in sorted(characters):
        pieces.setdefault(character, scores.get(character, least) - PIECE_COST)
    pieces.setdefault("▁", scores.get("▁", least) - PIECE_COST)
    total = sum(words.values())
    table = Table(["<pad>", "<unk>"], [0.0, 0.0], [1.0, 1e-6])
    common = dict(words.most_common(most_words))
    whole = {f"▁{word}": count / total for word, count in common.items()}
    for piece, score in pieces.items():
        table.entries.append(piece)
        table.scores.append(WORD_SCORE if piece in whole else score)
        table.frequencies.append(whole.get(piece, 2e-5))
    for entry, share in whole.items():
        if entry in pieces:
            continue
        table.entries.append(entry)
        table.scores.append(WORD_SCORE)
        table.frequencies.append(share)
    return table
