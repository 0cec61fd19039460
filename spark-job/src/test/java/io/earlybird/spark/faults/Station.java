package io.earlybird.spark.faults;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/** Where processes announce their moments; each waits until the moment has been dealt with. */
final class Station implements AutoCloseable {
  private final ServerSocket server;
  private volatile Consumer<Moment> listener = moment -> {};

  Station() throws IOException {
    server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    daemon("station", this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  void tell(Consumer<Moment> newListener) {
    listener = newListener;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        daemon("moment", () -> serve(socket));
      } catch (IOException e) {
        // Closed, or a process died while it connected.
      }
    }
  }

  private void serve(Socket announced) {
    try (Socket socket = announced;
        DataInputStream in = new DataInputStream(socket.getInputStream())) {
      Moment moment =
          new Moment(in.readLong(), Phase.valueOf(in.readUTF()), in.readUTF(), in.readUTF());
      listener.accept(moment);
      socket.getOutputStream().write(1);
    } catch (IOException e) {
      // The process died: perhaps of this very moment.
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
