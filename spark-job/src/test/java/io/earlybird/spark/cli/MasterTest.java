package io.earlybird.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.spark.cli.Master.Cluster;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class MasterTest {
  @Test
  void theUrlWinsOverTheKindOfCluster() {
    assertThat(Master.of(Optional.of("local[3]"), Optional.of(Cluster.YARN)).url())
        .isEqualTo("local[3]");
    assertThat(Master.of(Optional.empty(), Optional.of(Cluster.YARN)).url()).isEqualTo("yarn");
    assertThat(Master.of(Optional.empty(), Optional.empty()).url()).isEqualTo("local[*]");
  }

  @Test
  void aClusterWithAnAddressNeedsIt() {
    assertThatThrownBy(() -> Master.of(Optional.empty(), Optional.of(Cluster.K8S)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("--cluster k8s needs an address");
  }

  @Test
  void coresAreKnownWhereTheDriverItselfRunsTheTasks() {
    assertThat(new Master("local").localCores()).hasValue(1);
    assertThat(new Master("local[4]").localCores()).hasValue(4);
    assertThat(new Master("local[4,2]").localCores()).hasValue(4);
    assertThat(new Master("local[*]").localCores())
        .hasValue(Runtime.getRuntime().availableProcessors());
    assertThat(new Master("local-cluster[2,1,1024]").localCores()).isEqualTo(OptionalInt.empty());
    assertThat(new Master("yarn").localCores()).isEmpty();
  }
}
