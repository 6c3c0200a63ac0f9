package org.firstpass.training.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.Optional;

/** What a node of a graph states beside its inputs. */
record Attributes(NodeProto node) {
  long number(String name, long otherwise) {
    return find(name).map(AttributeProto::getI).orElse(otherwise);
  }

  float real(String name, float otherwise) {
    return find(name).map(AttributeProto::getF).orElse(otherwise);
  }

  String text(String name, String otherwise) {
    return find(name).map(found -> found.getS().toStringUtf8()).orElse(otherwise);
  }

  /** One number per axis; the same for all if the node states none. */
  long[] perAxis(String name, int axes, long otherwise) {
    return find(name)
        .map(found -> found.getIntsList().stream().mapToLong(Long::longValue).toArray())
        .orElseGet(
            () ->
                java.util.Collections.nCopies(axes, otherwise).stream()
                    .mapToLong(Long::longValue)
                    .toArray());
  }

  Optional<AttributeProto> find(String name) {
    return node.getAttributeList().stream().filter(each -> each.getName().equals(name)).findFirst();
  }

  /** Refuses the node unless an attribute has one of some values. */
  void require(String name, String found, List<String> known) {
    if (!known.contains(found)) {
      throw NotTrainable.because(node, name + " " + found);
    }
  }
}
