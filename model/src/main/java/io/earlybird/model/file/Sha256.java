package io.earlybird.model.file;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash of files. */
final class Sha256 {
  private Sha256() {}

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
