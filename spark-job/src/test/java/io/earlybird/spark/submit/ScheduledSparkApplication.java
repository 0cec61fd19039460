package io.earlybird.spark.submit;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import java.util.Map;

/**
 * The fields of the Spark operator's object that the shipped one uses, with their types.
 *
 * <p>Source: kubeflow/spark-operator, {@code api/v1beta2/scheduledsparkapplication_types.go} and
 * {@code sparkapplication_types.go}; fields that these require are required here.
 */
record ScheduledSparkApplication(
    @JsonProperty(required = true) String apiVersion,
    @JsonProperty(required = true) String kind,
    @JsonProperty(required = true) ObjectMeta metadata,
    @JsonProperty(required = true) Spec spec) {
  static final String API_VERSION = "sparkoperator.k8s.io/v1beta2";

  enum ConcurrencyPolicy {
    Allow,
    Forbid,
    Replace
  }

  enum ApplicationType {
    Java,
    Scala,
    Python,
    R
  }

  enum Mode {
    cluster,
    client
  }

  enum RestartType {
    Never,
    OnFailure,
    Always
  }

  record Spec(
      @JsonProperty(required = true) String schedule,
      boolean suspend,
      ConcurrencyPolicy concurrencyPolicy,
      int successfulRunHistoryLimit,
      int failedRunHistoryLimit,
      @JsonProperty(required = true) Template template) {}

  record Template(
      @JsonProperty(required = true) ApplicationType type,
      Mode mode,
      @JsonProperty(required = true) String sparkVersion,
      String image,
      String imagePullPolicy,
      String mainApplicationFile,
      String mainClass,
      List<String> arguments,
      RestartPolicy restartPolicy,
      long timeToLiveSeconds,
      Map<String, String> sparkConf,
      @JsonProperty(required = true) PodSettings driver,
      @JsonProperty(required = true) PodSettings executor) {}

  record RestartPolicy(
      RestartType type,
      int onFailureRetries,
      long onFailureRetryInterval,
      int onSubmissionFailureRetries,
      long onSubmissionFailureRetryInterval) {}

  /**
   * What drivers and executors have in common.
   *
   * @param instances of executors only
   */
  record PodSettings(
      Integer instances,
      int cores,
      String memory,
      String memoryOverhead,
      String serviceAccount,
      PodTemplateSpec template) {}
}
