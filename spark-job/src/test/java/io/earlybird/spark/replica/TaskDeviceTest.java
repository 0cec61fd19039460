package io.earlybird.spark.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.engine.Device;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.Test;

class TaskDeviceTest {
  @Test
  void aTaskWithoutAGpuComputesOnTheProcessor() {
    assertThat(TaskDevice.of(Map.of(), Optional.of("0,1"))).isEqualTo(Device.cpu());
    assertThat(TaskDevice.current()).isEqualTo(Device.cpu());
  }

  @Test
  void theAddressIsTheDeviceWhereAllAreVisible() {
    assertThat(TaskDevice.of(gpus("3"), Optional.empty()))
        .isEqualTo(new Device(Device.Kind.CUDA, 3));
  }

  @Test
  void theDeviceIsThePositionAmongThoseThatTheProcessSees() {
    assertThat(TaskDevice.of(gpus("3"), Optional.of("2, 3")))
        .isEqualTo(new Device(Device.Kind.CUDA, 1));
    assertThat(TaskDevice.of(gpus("GPU-b"), Optional.of("GPU-a,GPU-b")))
        .isEqualTo(new Device(Device.Kind.CUDA, 1));
  }

  @Test
  void whatCannotBeTheDeviceOfOneReplicaIsRefused() {
    assertThatThrownBy(() -> TaskDevice.of(gpus("0", "1"), Optional.empty()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("[0, 1]")
        .hasMessageContaining("spark.task.resource.gpu.amount=1");
    assertThatThrownBy(() -> TaskDevice.of(gpus("1"), Optional.of("0")))
        .hasMessageContaining("the GPU 1")
        .hasMessageContaining("CUDA_VISIBLE_DEVICES=0");
    assertThatThrownBy(() -> TaskDevice.of(gpus("GPU-a"), Optional.empty()))
        .hasMessageContaining("GPU-a: that is no number");
  }

  private static Map<String, ResourceInformation> gpus(String... addresses) {
    return Map.of("gpu", new ResourceInformation("gpu", addresses));
  }
}
