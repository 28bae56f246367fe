"""Writes the descriptor that a protoc-generated Python module carries as a FileDescriptorSet.

usage: health_descriptor.py health_pb2.py OUTPUT

No package has grpc/health/v1/health.proto itself, but the module holds all that protoc needs.
"""

import ast
import sys


def serialized_file(module: str) -> bytes:
    for node in ast.walk(ast.parse(module)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "AddSerializedFile":
            return ast.literal_eval(node.args[0])
    sys.exit("the module carries no descriptor")


def varint(value: int) -> bytes:
    encoded = bytearray()
    while value >= 0x80:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)


def main() -> None:
    module, output = sys.argv[1:]
    with open(module, encoding="utf-8") as source:
        file = serialized_file(source.read())
    with open(output, "wb") as target:
        target.write(b"\x0a" + varint(len(file)) + file)  # FileDescriptorSet.file = 1


main()
