package io.earlybird.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("own-jvm")
class ExecutorJvmsTest {
  @Test
  void tasksRunOutsideTheDriverWithTheEnvironmentOfTheDriver() throws Exception {
    try (JavaSparkContext spark = new JavaSparkContext(ExecutorJvms.conf(2, 512))) {
      List<String> found = spark.parallelize(List.of(1, 2, 3, 4), 4).map(new Describe()).collect();

      assertThat(found)
          .hasSize(4)
          .allSatisfy(process -> assertThat(process).endsWith(" OMP_NUM_THREADS=1"))
          .noneSatisfy(process -> assertThat(process).startsWith(pid() + " "));
    }
  }

  private static long pid() {
    return ProcessHandle.current().pid();
  }

  private static final class Describe implements Function<Integer, String> {
    private static final long serialVersionUID = 1;

    @Override
    public String call(Integer ignored) {
      return pid() + " OMP_NUM_THREADS=" + System.getenv("OMP_NUM_THREADS");
    }
  }
}
