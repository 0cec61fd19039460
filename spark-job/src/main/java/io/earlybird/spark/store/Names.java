package io.earlybird.spark.store;

import java.util.UUID;

/** Names of files on their way to another name. */
final class Names {
  private static final String PREFIX = ".";
  private static final String SUFFIX = ".tmp";

  private Names() {}

  static String temporaryFor(String name) {
    return PREFIX + name + "." + unique() + SUFFIX;
  }

  static boolean temporary(String name) {
    return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
  }

  /** The name that a temporary one is on its way to. */
  static String target(String temporary) {
    int uniqueLength = ".".length() + unique().length() + SUFFIX.length();
    return temporary.substring(
        PREFIX.length(), Math.max(PREFIX.length(), temporary.length() - uniqueLength));
  }

  private static String unique() {
    return UUID.randomUUID().toString();
  }
}
