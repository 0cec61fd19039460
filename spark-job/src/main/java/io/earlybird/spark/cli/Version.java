package io.earlybird.spark.cli;

import picocli.CommandLine.IVersionProvider;

/** Versions of the program and of what it stands on. */
final class Version implements IVersionProvider {
  static String own() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"earlybird " + own()};
  }
}
