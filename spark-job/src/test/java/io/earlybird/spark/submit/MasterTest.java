package io.earlybird.spark.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class MasterTest {
  @Test
  void theUrlIsTakenFirstThenTheKindOfCluster() {
    assertThat(Master.of(Optional.of("local[3]"), Optional.of(ClusterKind.LOCAL)).url())
        .isEqualTo("local[3]");
    assertThat(Master.of(Optional.empty(), Optional.of(ClusterKind.YARN)).url()).isEqualTo("yarn");
    assertThat(Master.of(Optional.empty(), Optional.empty()).url()).isEqualTo("local[*]");
  }

  @Test
  void aClusterWithAnAddressNeedsIt() {
    assertThatThrownBy(() -> Master.of(Optional.empty(), Optional.of(ClusterKind.K8S)))
        .isInstanceOf(SubmitRefusedException.class)
        .hasMessageContaining("--cluster k8s needs an address");
  }

  @Test
  void aMasterOfAnotherKindIsRefused() {
    assertThatThrownBy(() -> Master.of(Optional.of("local[3]"), Optional.of(ClusterKind.YARN)))
        .isInstanceOf(SubmitRefusedException.class)
        .hasMessage(
            "Cannot use --master local[3] with --cluster yarn: it is a master of the kind local");
    assertThatThrownBy(() -> Master.of(Optional.of("mesos://a:1"), Optional.empty()))
        .isInstanceOf(SubmitRefusedException.class)
        .hasMessageContaining("Invalid --master mesos://a:1: say local[N]");
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
