package org.firstpass.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeviceTest {
  @Test
  void devicesKeepTheOrderInWhichTheyArePreferred() {
    assertEquals(List.of(Device.TENSORRT, Device.CPU), Device.parse(" TensorRT, cpu"));
  }

  @Test
  void autoEndsWithTheCpuAndNeverTakesTensorRtUnasked() {
    List<Device> devices = Device.parse("auto");
    assertEquals(Device.CPU, devices.get(devices.size() - 1));
    assertFalse(devices.contains(Device.TENSORRT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpu", "cuda,,cpu", "auto,cpu"})
  void aNameThatIsNoDeviceIsRefusedWithThoseThatAre(String setting) {
    var refusal = assertThrows(IllegalArgumentException.class, () -> Device.parse(setting));
    assertTrue(
        String.valueOf(refusal.getMessage())
            .contains("auto or of cpu, cuda, tensorrt, openvino, coreml"),
        refusal.getMessage());
  }

  @Test
  void aDeviceThatIsNamedTwiceIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Device.parse("cuda,cuda"));
  }

  @Test
  void optionsGoToTheirDeviceUnderItsOwnNames() {
    DeviceOptions options =
        DeviceOptions.parse(
            "cuda.device_id=1, cuda.cudnn_conv_algo_search=HEURISTIC,"
                + " tensorrt.trt_engine_cache_path=/var/cache/engines");
    assertEquals(
        Map.of("device_id", "1", "cudnn_conv_algo_search", "HEURISTIC"), options.of(Device.CUDA));
    assertEquals(
        Map.of("trt_engine_cache_path", "/var/cache/engines"), options.of(Device.TENSORRT));
    assertEquals(Map.of(), options.of(Device.CPU));
    assertEquals(DeviceOptions.NONE, DeviceOptions.parse(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cuda.device=1",
        "cuda.device_id=one",
        "cuda.device_id",
        "cuda.arena_extend_strategy=kBiggest",
        "tensorrt.trt_fp16_enable=yes",
        "cuda.device_id=0,cuda.device_id=1",
        "cuda.device_id=0,"
      })
  void anOptionThatIsNoneIsRefused(String setting) {
    assertThrows(IllegalArgumentException.class, () -> DeviceOptions.parse(setting));
  }

  @Test
  void halfPrecisionIsOffUnlessItIsAskedFor() {
    assertEquals(Map.of(), DeviceOptions.NONE.of(Device.TENSORRT));
  }
}
