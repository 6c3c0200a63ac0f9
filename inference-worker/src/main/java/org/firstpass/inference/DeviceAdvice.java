package org.firstpass.inference;

/** What to do about a device that is not there. */
final class DeviceAdvice {
  private DeviceAdvice() {}

  /** The runtime of this build has never heard of the device. */
  static String notBuiltIn(Device device) {
    return switch (device) {
      case CPU -> "the runtime of this build has no CPU provider, which cannot be";
      case CUDA, TENSORRT ->
          "this build has the CPU runtime only; build with -Pgpu, for Linux or Windows on x86-64";
      case OPENVINO ->
          "the runtimes on Maven Central are built without it; put one that is built with OpenVINO"
              + " in place of onnxruntime on the class path";
      case COREML -> "it is there on Macs with Apple silicon only";
    };
  }

  /** The runtime knows the device, but it did not work. */
  static String notWorking(Device device, String found) {
    return found.strip() + "; " + advice(device);
  }

  private static String advice(Device device) {
    return switch (device) {
      case CPU -> "run on another machine";
      case CUDA ->
          "CUDA 12 and cuDNN 9 are needed where the system looks for libraries, a driver that knows"
              + " CUDA 12 (see nvidia-smi), and a card: in a container run it with --gpus";
      case TENSORRT -> "TensorRT 10 is needed beside CUDA 12 and cuDNN 9, and a card";
      case OPENVINO -> "OpenVINO's libraries and the driver of openvino.device_type are needed";
      case COREML -> "macOS 12 or later is needed, for coreml.ModelFormat=MLProgram";
    };
  }
}
