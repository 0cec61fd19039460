package io.earlybird.spark.faults;

import org.apache.hadoop.fs.Path;

/** What an operation on a file of a run or of shards means. */
final class FileMoments {
  private static final int UUID_LENGTH = 36;

  private FileMoments() {}

  static void read(Path file) {
    String running = AnnouncingPlugin.running();
    if (!running.isEmpty() && file.getName().endsWith(".tar")) {
      Phase phase = running.contains("evaluation") ? Phase.EVALUATION : Phase.COMPUTE;
      Announcer.announce(phase, running, "read " + file.getName());
    }
  }

  /** Before a file or directory of a run directory is moved to where it will be deleted. */
  static void removed(Path file) {
    if (file.toUri().getPath().contains("/checkpoints/")) {
      String item = "checkpoint that is too old";
      Announcer.announce(Phase.CHECKPOINT, item, "remove " + file.getName());
    }
  }

  /** Whether a path is in the directory that a driver moves its files through. */
  static boolean onItsWay(Path file) {
    return file.toUri().getPath().contains("/attempts/writer-");
  }

  /** Whether a name is that of a file which is not complete. */
  static boolean temporary(Path file) {
    return !withoutTemporary(file.getName()).equals(file.getName());
  }

  /** Before (or after, as the verb says) something is done to a file of a run directory. */
  static void changed(String verb, Path file) {
    String path = file.toUri().getPath();
    if (onItsWay(file)) {
      return;
    }
    String name = withoutTemporary(file.getName());
    String detail = verb + " " + name;
    if (path.contains("/checkpoints/")) {
      boolean inside = file.getParent().getName().startsWith("epoch-");
      String item = "checkpoint " + (inside ? file.getParent().getName() : name);
      begin(item, detail);
      Announcer.announce(Phase.CHECKPOINT, item, detail);
      end(item, detail);
    } else if (path.contains("/tickets/")) {
      Announcer.announce(Phase.TICKET, "ticket " + file.getParent().getName(), detail);
    } else if (name.equals("events.jsonl")) {
      Announcer.announce(Phase.EVENTS, name, detail);
    } else {
      Announcer.announce(Phase.START, name, detail);
    }
  }

  private static void begin(String item, String detail) {
    if (detail.equals("create network.json")) {
      Announcer.announce(Phase.ITEM_BEGAN, item, detail);
    }
  }

  private static void end(String item, String detail) {
    if (detail.equals("renamed manifest.json")) {
      Announcer.announce(Phase.ITEM_ENDED, item, detail);
    }
  }

  /** {@code .NAME.UUID.tmp} is NAME on its way. */
  private static String withoutTemporary(String name) {
    int length = name.length() - ".".length() - UUID_LENGTH - ".tmp".length();
    return name.startsWith(".") && name.endsWith(".tmp") && length > 1
        ? name.substring(1, length)
        : name;
  }
}
