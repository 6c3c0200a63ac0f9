package org.firstpass.inference;

import ai.onnxruntime.OrtProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a network can run on, by the name of ONNX Runtime's execution provider. */
public enum Device {
  /** The machine's cores. Always there. */
  CPU(OrtProvider.CPU),
  /** A card of NVIDIA: CUDA 12 and cuDNN 9. */
  CUDA(OrtProvider.CUDA),
  /** The same card through TensorRT 10, which builds an engine per shape before its first run. */
  TENSORRT(OrtProvider.TENSOR_RT),
  /** Processors, graphics and accelerators of Intel. */
  OPENVINO(OrtProvider.OPEN_VINO),
  /** What a Mac has. */
  COREML(OrtProvider.CORE_ML);

  /** The setting that leaves the choice to the process. */
  public static final String AUTO = "auto";

  /** TensorRT must be asked for by name: it takes minutes to start and rounds differently. */
  private static final List<Device> AUTO_ORDER = List.of(CUDA, COREML, OPENVINO, CPU);

  private final OrtProvider provider;

  Device(OrtProvider provider) {
    this.provider = provider;
  }

  /**
   * The devices of a setting in order of preference: {@value #AUTO}, or names with commas, for
   * instance {@code cuda,cpu}. The first that is there is taken; if none is, that is an error. So
   * {@code cuda} alone never runs on anything else.
   *
   * @throws IllegalArgumentException for a name that is none, or one that is there twice
   */
  public static List<Device> parse(String setting) {
    if (setting.strip().equalsIgnoreCase(AUTO)) {
      return AUTO_ORDER;
    }
    List<Device> devices = Arrays.stream(setting.split(",", -1)).map(Device::of).toList();
    if (devices.stream().distinct().count() != devices.size()) {
      throw new IllegalArgumentException("a device is named twice in '" + setting + "'");
    }
    return devices;
  }

  /**
   * The device of this name, in any case.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Device of(String name) {
    return Arrays.stream(values())
        .filter(device -> device.label().equals(name.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a device must be "
                        + AUTO
                        + " or of "
                        + Arrays.stream(values())
                            .map(Device::label)
                            .collect(Collectors.joining(", "))
                        + ", but is '"
                        + name.strip()
                        + "'"));
  }

  /** The name as settings, logs and meters have it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  OrtProvider provider() {
    return provider;
  }

  /** Whether the network runs in memory of its own, so that one caller can keep it busy. */
  boolean isAccelerator() {
    return this != CPU;
  }
}
