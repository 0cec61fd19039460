package io.earlybird.spark.faults;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** Tells the {@link Station} what this process is about to do, and waits until it may go on. */
final class Announcer {
  /** System property: port of the station; processes without it announce nothing. */
  static final String PORT = "earlybird.faults.port";

  private Announcer() {}

  static void announce(Phase phase, String item, String detail) {
    Integer port = Integer.getInteger(PORT);
    if (port == null) {
      return;
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        DataOutputStream out = new DataOutputStream(socket.getOutputStream())) {
      out.writeLong(ProcessHandle.current().pid());
      out.writeUTF(phase.name());
      out.writeUTF(item);
      out.writeUTF(detail);
      out.flush();
      int unused = socket.getInputStream().read();
    } catch (IOException e) {
      // The station has gone: there is nobody left who wants to know.
    }
  }
}
