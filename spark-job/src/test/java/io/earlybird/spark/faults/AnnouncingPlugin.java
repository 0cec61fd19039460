package io.earlybird.spark.faults;

import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/** Announces the tasks of an executor, before they have fetched anything. */
public final class AnnouncingPlugin implements SparkPlugin {
  /** Setting: tasks of the first stage of a round. */
  static final String ROUND_TASKS = "spark.earlybird.faults.round-tasks";

  /** The description of the job whose task runs here; an executor has one core. */
  private static volatile String running = "";

  @Override
  public DriverPlugin driverPlugin() {
    return new Jobs();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new Tasks();
  }

  /** What the task of this process belongs to; empty on the driver. */
  static String running() {
    return running;
  }

  private static final class Jobs implements DriverPlugin {
    @Override
    public Map<String, String> init(SparkContext spark, PluginContext context) {
      spark.addSparkListener(new AnnouncingListener());
      return Map.of(ROUND_TASKS, spark.conf().get(ROUND_TASKS));
    }
  }

  private static final class Tasks implements ExecutorPlugin {
    private int roundTasks;

    @Override
    public void init(PluginContext context, Map<String, String> extra) {
      roundTasks = Integer.parseInt(extra.get(ROUND_TASKS));
    }

    @Override
    public void onTaskStart() {
      TaskContext task = TaskContext.get();
      running = String.valueOf(task.getLocalProperty("spark.job.description"));
      Announcer.announce(phase(task), running, "task " + task.partitionId() + " starts");
    }

    private Phase phase(TaskContext task) {
      if (running.contains("evaluation")) {
        return Phase.EVALUATION;
      }
      return task.numPartitions() == roundTasks ? Phase.BROADCAST : Phase.REDUCE;
    }
  }
}
