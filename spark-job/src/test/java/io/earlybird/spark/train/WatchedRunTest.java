package io.earlybird.spark.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.spark.events.EpochEvent;
import io.earlybird.spark.events.Event;
import io.earlybird.spark.events.RunListener;
import io.earlybird.spark.live.LiveRun;
import io.earlybird.spark.live.UserByHeader;
import io.earlybird.spark.run.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.StageInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.JavaConverters;

/** What Spark shows of a run, fetched over HTTP after each of its epochs. */
@Tag("own-jvm")
class WatchedRunTest {
  private static final String METRIC = "metrics_nightly_driver_earlybird_";
  private static final String PROMETHEUS = "/metrics/prometheus/";
  private static final String OWNER = "alice";
  private static final String STRANGER = "nobody";

  @TempDir private Path directory;

  private final BlockingQueue<String> jobs = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> stages = new LinkedBlockingQueue<>();
  private final List<String> pages = new ArrayList<>();
  private final List<String> progress = new ArrayList<>();
  private final List<String> figures = new ArrayList<>();
  private String ui;

  @Test
  void aRunIsSeenInSparksUiAndMetricsWhileItGoesOn() throws Exception {
    TinyRun run = new TinyRun(directory.resolve("run"));
    try (JavaSparkContext spark = new JavaSparkContext(configuration())) {
      ui = spark.sc().uiWebUrl().get();
      assertThat(LiveRun.address(spark)).contains(ui + "/earlybird/");
      spark.sc().addSparkListener(new Descriptions());
      train(run, spark);
      spark.sc().listenerBus().waitUntilEmpty();
      // Spark sends whoever asks for what it does not have to its first page
      assertThat(get("/earlybird/run/", OWNER).statusCode()).isEqualTo(302);
      assertThat(get(PROMETHEUS, OWNER).body()).doesNotContain(METRIC);
    }
    thePageShowsEachEpoch();
    theMetricsTellTheFiguresOfTheEvents(run.events());
    everyJobHasADescription();
  }

  private void train(TinyRun run, JavaSparkContext spark) throws IOException {
    try (LiveRun live = LiveRun.attach(spark, new RunDirectory(run.store()))) {
      live.showPage();
      RunListener watch =
          new RunListener() {
            @Override
            public void happened(Event event) {
              if (event instanceof EpochEvent) {
                look();
              }
            }
          };
      run.train(spark, () -> false, RunListener.all(List.of(live.listener(), watch)));
      refusesOthersThanThoseOfTheAccessLists();
    }
  }

  private void look() {
    pages.add(get("/earlybird/run/", OWNER).body());
    progress.add(get("/earlybird/run/progress", OWNER).body());
    figures.add(get(PROMETHEUS, OWNER).body());
  }

  private void refusesOthersThanThoseOfTheAccessLists() {
    assertThat(get("/earlybird/", OWNER).body())
        .contains("<iframe src=\"run/\"", "href=\"/jobs/\"", ">Earlybird</a>");
    for (String place :
        List.of("/earlybird/", "/earlybird/run/", "/earlybird/run/progress", PROMETHEUS)) {
      assertThat(get(place, OWNER).statusCode()).as(place).isEqualTo(200);
      assertThat(get(place, STRANGER).statusCode()).as(place).isEqualTo(403);
    }
    assertThat(get("/earlybird/run/elsewhere", OWNER).statusCode()).isEqualTo(404);
  }

  private void thePageShowsEachEpoch() {
    assertThat(pages).hasSize(TinyRun.EPOCHS);
    for (int epoch = 1; epoch <= TinyRun.EPOCHS; epoch++) {
      assertThat(pages.get(epoch - 1))
          .contains("\"type\":\"epoch\"", "\"epoch\":" + epoch + ",", "fetch('progress'")
          .doesNotContain("\"epoch\":" + (epoch + 1) + ",", "http-equiv=\"refresh\"");
    }
    assertThat(progress).last().asString().contains("\"done\":1.0", "writing checkpoint ...");
    assertThat(progress).doesNotHaveDuplicates();
  }

  private void theMetricsTellTheFiguresOfTheEvents(List<String> events) {
    assertThat(figures.get(0))
        .contains(METRIC + "epoch_Value{type=\"gauges\"} 1.0")
        .contains(METRIC + "epochs_Value{type=\"gauges\"} " + TinyRun.EPOCHS + ".0");
    String last = figures.get(TinyRun.EPOCHS - 1);
    String lastEpoch =
        events.stream()
            .filter(line -> line.contains("\"epoch\":" + TinyRun.EPOCHS + ","))
            .findFirst()
            .orElseThrow();
    for (String name : List.of("trainLoss", "validationTop1", "imagesPerSecond", "learningRate")) {
      String value = lastEpoch.replaceFirst(".*\"" + name + "\":([^,]+),.*", "$1");
      assertThat(last)
          .contains(METRIC + name + "_Value{type=\"gauges\"} " + Double.parseDouble(value));
    }
    assertThat(last)
        .contains(METRIC + "maskDistance_p50_Value")
        .contains(METRIC + "seconds_compute_Value")
        .contains(METRIC + "switchEpoch_Value{type=\"gauges\"} 2.0");
  }

  private void everyJobHasADescription() {
    // 60 images are five steps of three replicas with four each, two in a round
    assertThat(jobs)
        .contains("epoch 1, round 1 of 3: steps 1 to 2 of 5 on 3 replicas, then their average")
        .contains("epoch 4, round 3 of 3: step 5 of 5 on 3 replicas, then their average")
        .contains("epoch 1: evaluation on 20 samples")
        .contains("epoch 2, pruned: evaluation on 20 samples")
        .doesNotContain("null");
    assertThat(stages).contains("train replicas", "average slices", "evaluate");
  }

  private HttpResponse<String> get(String path, String user) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(ui + path)).header(UserByHeader.HEADER, user).build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static SparkConf configuration() {
    String prometheus = "spark.metrics.conf.*.sink.prometheusServlet.";
    return new SparkConf()
        .setAppName("watched")
        .setMaster("local[2]")
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.ui.enabled", "true")
        .set("spark.ui.port", "0")
        .set("spark.ui.filters", UserByHeader.class.getName())
        .set("spark.acls.enable", "true")
        .set("spark.ui.view.acls", OWNER)
        .set("spark.metrics.namespace", "nightly")
        .set(prometheus + "class", "org.apache.spark.metrics.sink.PrometheusServlet")
        .set(prometheus + "path", "/metrics/prometheus");
  }

  private final class Descriptions extends SparkListener {
    @Override
    public void onJobStart(SparkListenerJobStart start) {
      jobs.add(String.valueOf(start.properties().get("spark.job.description")));
      for (StageInfo stage : JavaConverters.seqAsJavaList(start.stageInfos())) {
        stages.add(stage.name());
      }
    }
  }
}
