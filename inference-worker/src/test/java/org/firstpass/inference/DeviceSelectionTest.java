package org.firstpass.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeviceSelectionTest {
  @Test
  void theGraphThatDevicesAreTriedWithIsTheOneMadeHere() throws IOException {
    try (InputStream in = DeviceSelection.class.getResourceAsStream("device-check.onnx")) {
      assertArrayEquals(DeviceGraph.bytes(), in.readAllBytes());
    }
  }

  @Test
  void theCpuIsAlwaysThere() {
    assertEquals(Device.CPU, DeviceSelection.choose(ExecutionSettings.cpu(1)));
    assertEquals(Optional.empty(), DeviceSelection.refusal(Device.CPU, DeviceOptions.NONE));
  }

  @ParameterizedTest
  @CsvSource({
    "CUDA, this build has the CPU runtime only; build with -Pgpu",
    "TENSORRT, this build has the CPU runtime only; build with -Pgpu",
    "OPENVINO, put one that is built with OpenVINO in place of onnxruntime",
    "COREML, it is there on Macs with Apple silicon only"
  })
  void aDeviceThatThisBuildDoesNotHaveIsRefusedWithWhatToDo(Device device, String advice) {
    Assumptions.assumeFalse(
        OrtEnvironment.getAvailableProviders().contains(device.provider()),
        "this build has " + device);
    Defect defect = assertThrows(Defect.class, () -> DeviceSelection.choose(settings(device)));
    assertEquals(ReasonCode.DEVICE_UNAVAILABLE, defect.code());
    String message = String.valueOf(defect.getMessage());
    assertTrue(message.contains(device.label() + ": "), message);
    assertTrue(message.contains(advice), message);
  }

  @Test
  void aProviderWhoseLibrariesAreMissingSaysWhichAreNeeded() {
    String message = DeviceAdvice.notWorking(Device.CUDA, "libcudnn.so.9: cannot open");
    assertTrue(message.startsWith("libcudnn.so.9: cannot open"), message);
    assertTrue(message.contains("CUDA 12 and cuDNN 9"), message);
    assertTrue(
        DeviceAdvice.notWorking(Device.TENSORRT, "x").contains("TensorRT 10 is needed"), message);
  }

  @Test
  void theNextDeviceOfTheListIsTakenWhenTheFirstIsNotThere() {
    Assumptions.assumeFalse(
        OrtEnvironment.getAvailableProviders().contains(Device.CUDA.provider()), "there is CUDA");
    assertEquals(Device.CPU, DeviceSelection.choose(settings(Device.CUDA, Device.CPU)));
    var auto = new ExecutionSettings(Device.parse("auto"), 1, Duration.ofMinutes(1), 0);
    Device found = DeviceSelection.choose(auto);
    assertTrue(found == Device.CPU || found == Device.COREML, found.label());
  }

  @Test
  void aMachineThatTheRuntimeIsNotBuiltForIsRefusedAndNotCrashed() throws IOException {
    String said = ForkedCheck.run(List.of("-Dos.arch=riscv64"), "device");
    assertTrue(said.contains("DEVICE_UNAVAILABLE ONNX Runtime cannot be loaded on"), said);
    assertTrue(said.contains("riscv64"), said);
    assertTrue(said.contains("musl"), said);
  }

  private static ExecutionSettings settings(Device... devices) {
    return new ExecutionSettings(List.of(devices), 1, Duration.ofMinutes(1), 0);
  }
}
