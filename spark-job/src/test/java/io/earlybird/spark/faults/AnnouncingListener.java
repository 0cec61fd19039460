package io.earlybird.spark.faults;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;

/** Announces the jobs of a driver; Spark tells of them a little later than they happen. */
final class AnnouncingListener extends SparkListener {
  private final Map<Integer, String> descriptions = new HashMap<>();

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    String description = String.valueOf(start.properties().get("spark.job.description"));
    descriptions.put(start.jobId(), description);
    Announcer.announce(Phase.ITEM_BEGAN, description, "job");
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd end) {
    String description = descriptions.remove(end.jobId());
    Announcer.announce(Phase.ITEM_ENDED, description, "job");
    if (description.contains("evaluation")) {
      Announcer.announce(Phase.MASK, description, "evaluation is over");
    }
  }
}
