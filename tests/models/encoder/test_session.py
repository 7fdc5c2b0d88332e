"""A network that was built before is opened again, and nobody else's in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.models.encoder.session import kept_session

onnx = pytest.importorskip("onnx", reason="needs the extra `embeddings`")
pytest.importorskip("onnxruntime", reason="needs the extra `embeddings`")


def network() -> bytes:
    value = onnx.helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, [1])
    graph = onnx.helper.make_graph([onnx.helper.make_node("Identity", ["x"], ["y"])], "g", [value], [
        onnx.helper.make_tensor_value_info("y", onnx.TensorProto.FLOAT, [1])
    ])  # fmt: skip
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 13)], ir_version=8)
    return bytes(model.SerializeToString())


@pytest.mark.parametrize(("word", "mode", "builds"), [("its own", 0o600, 1), ("one that others may write", 0o666, 2)])
def test_only_a_file_of_this_user_alone_saves_the_building(word: str, mode: int, builds: int, tmp_path: Path) -> None:
    built: list[bytes] = []

    def build() -> bytes:
        built.append(network())
        return built[-1]

    kept_session(tmp_path, ["a"], build)
    (kept,) = (tmp_path / "encoder").iterdir()
    kept.chmod(mode)
    kept_session(tmp_path, ["a"], build)
    assert len(built) == builds, word
    assert kept.stat().st_mode & 0o777 == 0o600
