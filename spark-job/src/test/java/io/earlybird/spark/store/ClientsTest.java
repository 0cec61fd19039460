package io.earlybird.spark.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class ClientsTest {
  @Test
  void whatTheUserConfiguredIsLeftAlone() {
    Configuration configuration = new Configuration();
    configuration.set("ipc.client.connect.max.retries", "77");
    Configuration prompt = Clients.prompt(configuration);
    assertThat(prompt.get("ipc.client.connect.max.retries")).isEqualTo("77");
    assertThat(prompt.get("ipc.client.connect.timeout")).isEqualTo("5000");
  }
}
