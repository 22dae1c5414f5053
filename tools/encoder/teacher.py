"""A teacher: any sentence encoder in the layout of sentence-transformers, run by onnxruntime."""

import json
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

MODELS = ("model_quantized.onnx", "onnx/model_quantized.onnx", "model.onnx", "onnx/model.onnx")
MOST_TOKENS = 64


class Teacher:
    def __init__(self, folder: Path):
        model = next(folder / name for name in MODELS if (folder / name).exists())
        self.session = onnxruntime.InferenceSession(str(model))
        self.inputs = [each.name for each in self.session.get_inputs()]
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(MOST_TOKENS)
        said = folder / "config_sentence_transformers.json"
        prompts = json.loads(said.read_text()).get("prompts", {}) if said.exists() else {}
        self.prefix = prompts.get("query", "")

    def pieces(self) -> dict[str, float]:
        """The word pieces that its vocabulary scores, without those that are no text."""
        model = json.loads(self.tokenizer.to_str())["model"]
        if model["type"] != "Unigram":
            return {}
        return {piece: score for piece, score in model["vocab"] if not piece.startswith("<")}

    def pieces_of(self, text: str) -> list[str]:
        return self.tokenizer.encode(text, add_special_tokens=False).tokens

    def encode(self, texts: list[str]) -> np.ndarray:
        """One vector of unit length for each text, run alone as in the product."""
        return np.array([self._encode(text) for text in texts], np.float32)

    def _encode(self, text: str) -> np.ndarray:
        ids = np.array([self.tokenizer.encode(self.prefix + text).ids], np.int64)
        known = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        (states, *_) = self.session.run(None, {name: known[name] for name in self.inputs})
        vector = states[0].mean(0)
        return vector / (np.linalg.norm(vector) + 1e-12)
