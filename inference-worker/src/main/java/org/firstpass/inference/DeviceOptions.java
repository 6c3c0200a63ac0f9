package org.firstpass.inference;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Settings of devices, under the names that ONNX Runtime's providers give them, with the device in
 * front: {@code cuda.device_id=1, tensorrt.trt_fp16_enable=1}. Only those of {@link Option} are
 * taken, so that a typing error does not run unseen.
 */
public record DeviceOptions(Map<Option, String> values) {
  /** Every device as it comes: full precision, first card, nothing kept on disk. */
  public static final DeviceOptions NONE = new DeviceOptions(Map.of());

  public DeviceOptions {
    values = Map.copyOf(values);
    values.forEach(Option::require);
  }

  /** What can be set. */
  public enum Option {
    /** Which card, from 0. */
    CUDA_DEVICE(Device.CUDA, "device_id", "[0-9]{1,3}"),
    /** The most memory of the card that is taken, in bytes. */
    CUDA_MEMORY(Device.CUDA, "gpu_mem_limit", "[1-9][0-9]{0,14}"),
    /** How the pool of the card's memory grows: by powers of two, or by what is asked for. */
    CUDA_ARENA(Device.CUDA, "arena_extend_strategy", "kNextPowerOfTwo|kSameAsRequested"),
    /** How cuDNN finds its convolution: measured at length, by rules, or the first. */
    CUDA_SEARCH(Device.CUDA, "cudnn_conv_algo_search", "EXHAUSTIVE|HEURISTIC|DEFAULT"),
    /** TF32 in place of float32: faster, with 10 bits of mantissa. Off. */
    CUDA_TF32(Device.CUDA, "use_tf32", "[01]"),
    /** Which card, from 0. */
    TENSORRT_DEVICE(Device.TENSORRT, "device_id", "[0-9]{1,3}"),
    /** Half precision. Off: the golden case decides whether a package bears it. */
    TENSORRT_HALF(Device.TENSORRT, "trt_fp16_enable", "[01]"),
    /** Whether engines are kept on disk, which saves minutes at the next start. */
    TENSORRT_CACHE(Device.TENSORRT, "trt_engine_cache_enable", "[01]"),
    /** The folder in which they are kept. */
    TENSORRT_CACHE_FOLDER(Device.TENSORRT, "trt_engine_cache_path", "[^,=]{1,400}"),
    /** The most memory that building an engine may take, in bytes. */
    TENSORRT_WORKSPACE(Device.TENSORRT, "trt_max_workspace_size", "[1-9][0-9]{0,14}"),
    /** CPU, GPU, GPU.1, NPU: what OpenVINO calls them. CPU if not set. */
    OPENVINO_DEVICE(Device.OPENVINO, "device_type", "(CPU|GPU|NPU)(\\.[0-9]{1,2})?"),
    /** ALL, CPUOnly, CPUAndGPU, CPUAndNeuralEngine. */
    COREML_UNITS(Device.COREML, "MLComputeUnits", "ALL|CPUOnly|CPUAndGPU|CPUAndNeuralEngine"),
    /** MLProgram or NeuralNetwork. */
    COREML_FORMAT(Device.COREML, "ModelFormat", "MLProgram|NeuralNetwork");

    private final Device device;
    private final String key;
    private final Pattern pattern;

    Option(Device device, String key, String pattern) {
      this.device = device;
      this.key = key;
      this.pattern = Pattern.compile(pattern);
    }

    /** The name in a setting, for instance {@code cuda.device_id}. */
    public String label() {
      return device.label() + "." + key;
    }

    private void require(String value) {
      if (!pattern.matcher(value).matches()) {
        throw new IllegalArgumentException(
            label() + " must match " + pattern + ", but is '" + value + "'");
      }
    }

    private static Option of(String label) {
      return Arrays.stream(values())
          .filter(option -> option.label().equals(label))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "a device option must be one of "
                          + Arrays.stream(values())
                              .map(Option::label)
                              .collect(Collectors.joining(", "))
                          + ", but is '"
                          + label
                          + "'"));
    }
  }

  /**
   * The options of a setting: {@code name=value} with commas; nothing for an empty one.
   *
   * @throws IllegalArgumentException for a name or value that is none
   */
  public static DeviceOptions parse(String setting) {
    Map<Option, String> values = new TreeMap<>();
    for (String each : setting.split(",", -1)) {
      if (each.isBlank() && setting.isBlank()) {
        continue;
      }
      int equals = each.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException(
            "a device option must be name=value, but is '" + each.strip() + "'");
      }
      Option option = Option.of(each.substring(0, equals).strip());
      if (values.put(option, each.substring(equals + 1).strip()) != null) {
        throw new IllegalArgumentException(option.label() + " is given twice");
      }
    }
    return new DeviceOptions(values);
  }

  /** The options of one device, under its provider's names. */
  Map<String, String> of(Device device) {
    Map<String, String> own = new TreeMap<>();
    values.forEach(
        (option, value) -> {
          if (option.device == device) {
            own.put(option.key, value);
          }
        });
    return own;
  }
}
