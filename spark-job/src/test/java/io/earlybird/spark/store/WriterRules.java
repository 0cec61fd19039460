package io.earlybird.spark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What holds of {@link FileStore#through} on every file system that can move. */
final class WriterRules {
  private WriterRules() {}

  static void hold(FileStore store) {
    store.writeText("writers/1/mark", "");
    FileStore writer = store.through("writers/1");
    writer.writeText("a/b", "first");
    writer.directory("a").writeText("b", "second");
    writer.writeText("a/c", "x");
    writer.delete("a/c");
    writer.delete("none");
    assertThat(store.readText("a/b")).isEqualTo("second");
    assertThat(store.directory("a").list()).containsExactly("b");
    assertThat(store.directory("writers/1").list()).containsExactly("mark");

    store.delete("writers/1");

    assertThatThrownBy(() -> writer.writeText("a/b", "third"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(
            "Cannot write " + store.uri() + "/a/b: another process has taken over");
    assertThatThrownBy(() -> writer.delete("a"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(
            "Cannot delete " + store.uri() + "/a: another process has taken over");
    assertThat(store.readText("a/b")).isEqualTo("second");
    assertThat(store.directory("writers").list()).isEmpty();
    writer.delete("none");
  }
}
