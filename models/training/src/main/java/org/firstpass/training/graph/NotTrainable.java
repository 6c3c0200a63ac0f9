package org.firstpass.training.graph;

import ai.onnx.proto.OnnxMl.NodeProto;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;

/** Refusals of graphs that the trainer cannot carry out. */
final class NotTrainable {
  private NotTrainable() {}

  static Defect because(NodeProto node, String what) {
    return new Defect(
        ReasonCode.NETWORK_NOT_TRAINABLE,
        "operator "
            + node.getOpType()
            + " of node '"
            + node.getName()
            + "': "
            + what
            + " is not known to the trainer");
  }

  static Defect because(String what) {
    return new Defect(ReasonCode.NETWORK_NOT_TRAINABLE, what);
  }
}
