package org.firstpass.training.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;

/** A convolution of two channels to two, and one operator of each kind behind it. */
enum SmallGraph {
  CONVOLUTION_WITH_STRIDE_AND_DILATION {
    @Override
    void build(Build on) {
      on.weight("w", 2, 2, 3, 3, 3);
      on.node("Conv", "w")
          .addAttribute(NodeAttribute.wholes("strides", 2, 1, 2))
          .addAttribute(NodeAttribute.wholes("dilations", 1, 2, 1))
          .addAttribute(NodeAttribute.wholes("pads", 1, 2, 1, 1, 2, 1));
    }
  },
  CONVOLUTION_IN_GROUPS {
    @Override
    void build(Build on) {
      on.weight("w", 2, 1, 3, 3, 3);
      on.weight("b", 2);
      on.node("Conv", "w", "b")
          .addAttribute(NodeAttribute.whole("group", 2))
          .addAttribute(NodeAttribute.wholes("pads", 1, 1, 1, 1, 1, 1));
    }
  },
  TRANSPOSED_IN_BLOCKS {
    @Override
    void build(Build on) {
      on.weight("w", 2, 3, 2, 1, 2);
      on.weight("b", 3);
      on.node("ConvTranspose", "w", "b").addAttribute(NodeAttribute.wholes("strides", 2, 1, 2));
    }
  },
  TRANSPOSED_AS_MONAI_DOES {
    @Override
    void build(Build on) {
      on.weight("w", 2, 3, 3, 3, 3);
      on.node("ConvTranspose", "w")
          .addAttribute(NodeAttribute.wholes("strides", 2, 2, 2))
          .addAttribute(NodeAttribute.wholes("pads", 1, 1, 1, 1, 1, 1))
          .addAttribute(NodeAttribute.wholes("output_padding", 1, 1, 1));
    }
  },
  TRANSPOSED_WITHOUT_PADDING {
    @Override
    void build(Build on) {
      on.weight("w", 2, 2, 4, 3, 2);
      on.node("ConvTranspose", "w").addAttribute(NodeAttribute.wholes("strides", 3, 2, 1));
    }
  },
  INSTANCE_NORMALISATION {
    @Override
    void build(Build on) {
      on.weight("s", 2);
      on.weight("b", 2);
      on.node("InstanceNormalization", "s", "b");
    }
  },
  BATCH_NORMALISATION {
    @Override
    void build(Build on) {
      on.weight("s", 2);
      on.weight("b", 2);
      on.weight("m", 2);
      on.graph.addInitializer(floats("v", new long[] {2}, new float[] {0.5f, 2}));
      on.node("BatchNormalization", "s", "b", "m", "v");
    }
  },
  LEAKY_RELU {
    @Override
    void build(Build on) {
      on.node("LeakyRelu").addAttribute(NodeAttribute.real("alpha", 0.1f));
    }
  },
  RELU {
    @Override
    void build(Build on) {
      on.node("Relu");
    }
  },
  PRELU {
    @Override
    void build(Build on) {
      on.weight("a", 2, 1, 1, 1);
      on.node("PRelu", "a");
    }
  },
  ELU {
    @Override
    void build(Build on) {
      on.node("Elu").addAttribute(NodeAttribute.real("alpha", 0.7f));
    }
  },
  SIGMOID {
    @Override
    void build(Build on) {
      on.node("Sigmoid");
    }
  },
  SOFTMAX {
    @Override
    void build(Build on) {
      on.node("Softmax").addAttribute(NodeAttribute.whole("axis", 1));
    }
  },
  LARGEST_OF_WINDOWS {
    @Override
    void build(Build on) {
      on.node("MaxPool")
          .addAttribute(NodeAttribute.wholes("kernel_shape", 2, 2, 2))
          .addAttribute(NodeAttribute.wholes("strides", 2, 2, 2));
    }
  },
  MEAN_OF_WINDOWS {
    @Override
    void build(Build on) {
      on.node("AveragePool")
          .addAttribute(NodeAttribute.wholes("kernel_shape", 3, 3, 3))
          .addAttribute(NodeAttribute.wholes("strides", 2, 1, 2))
          .addAttribute(NodeAttribute.whole("count_include_pad", 1))
          .addAttribute(NodeAttribute.wholes("pads", 1, 1, 1, 1, 1, 1));
    }
  },
  RESIZED_TO_NEAREST {
    @Override
    void build(Build on) {
      on.graph.addInitializer(floats("x2", new long[] {5}, new float[] {1, 1, 2, 3, 2}));
      on.node("Resize", "", "x2")
          .addAttribute(NodeAttribute.text("mode", "nearest"))
          .addAttribute(NodeAttribute.text("coordinate_transformation_mode", "asymmetric"))
          .addAttribute(NodeAttribute.text("nearest_mode", "floor"));
    }
  },
  RESIZED_LINEARLY {
    @Override
    void build(Build on) {
      on.graph.addInitializer(floats("x2", new long[] {5}, new float[] {1, 1, 2, 2, 3}));
      on.node("Resize", "", "x2")
          .addAttribute(NodeAttribute.text("mode", "linear"))
          .addAttribute(NodeAttribute.text("coordinate_transformation_mode", "half_pixel"));
    }
  },
  JOINED_AND_ADDED {
    @Override
    void build(Build on) {
      String image = on.last;
      on.node("Relu");
      on.node("Concat", image).addAttribute(NodeAttribute.whole("axis", 1));
      on.graph.addInitializer(floats("half", new long[] {1}, new float[] {0.5f}));
      on.node("Mul", "half");
      on.node("Add", on.last);
    }
  };

  abstract void build(Build on);

  byte[] onnx() {
    var build = new Build();
    build.weight("first", 2, 2, 1, 1, 1);
    build.node("Conv", "first");
    build(build);
    return build.model().toByteArray();
  }

  /** A graph of one convolution and an operator that takes no more. */
  static ModelProto of(String operator) {
    var build = new Build();
    build.weight("first", 2, 2, 1, 1, 1);
    build.node("Conv", "first");
    build.node(operator);
    return build.model();
  }

  /** A graph in which each node takes what the one before answered. */
  static final class Build {
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("small");
    private String last = "image";

    NodeProto.Builder node(String operator, String... others) {
      String output = "value" + graph.getNodeCount();
      NodeProto.Builder node =
          graph.addNodeBuilder().setOpType(operator).setName(output).addInput(last);
      node.addAllInput(List.of(others)).addOutput(output);
      last = output;
      return node;
    }

    void weight(String name, long... shape) {
      graph.addInitializer(floats(name, shape, BothRuntimes.noise(shape)));
    }

    ModelProto model() {
      return ModelProto.newBuilder()
          .setIrVersion(8)
          .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
          .setGraph(graph.addInput(value("image")).addOutput(value(last)))
          .build();
    }

    private static ValueInfoProto value(String name) {
      TypeProto.Tensor tensor =
          TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT_VALUE).build();
      return ValueInfoProto.newBuilder()
          .setName(name)
          .setType(TypeProto.newBuilder().setTensorType(tensor))
          .build();
    }
  }

  private static TensorProto floats(String name, long[] shape, float[] values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
    for (long axis : shape) {
      tensor.addDims(axis);
    }
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor.build();
  }
}
