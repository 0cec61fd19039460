package io.earlybird.spark.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okio.Buffer;

/**
 * A Kubernetes API server on loopback that stores what it is told to. It remembers the requests of
 * others than the test. Pods are pending until the test says otherwise.
 */
final class ApiServer implements AutoCloseable {
  private static final String TEST = "test";
  private static final ObjectMapper YAML = new YAMLMapper();

  private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
  private final KubernetesMockServer server =
      new KubernetesMockServer(
          new Context(), new MockWebServer(), new HashMap<>(), new Store(), false);
  private final KubernetesClient client;

  /** A request by its HTTP method and path with query. */
  record Request(String method, String path) {}

  ApiServer() {
    server.init(InetAddress.getLoopbackAddress(), 0);
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder()
                    .withMasterUrl("http://" + server.getHostName() + ":" + server.getPort())
                    .withUserAgent(TEST)
                    .build())
            .build();
  }

  String master() {
    return "k8s://http://" + server.getHostName() + ":" + server.getPort();
  }

  KubernetesClient client() {
    return client;
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    client.close();
    server.destroy();
  }

  private final class Store extends KubernetesCrudDispatcher {
    @Override
    public MockResponse dispatch(RecordedRequest request) {
      if (!TEST.equals(request.getHeader("User-Agent"))) {
        requests.add(new Request(request.getMethod(), request.getPath()));
      }
      return super.dispatch(request);
    }

    @Override
    public MockResponse handleCreate(RecordedRequest request) {
      if (request.getPath().endsWith("/pods")) {
        ObjectNode pod = body(request);
        ObjectNode status = pod.putObject("status").put("phase", "Pending");
        status.putArray("containerStatuses");
        request.getBody().writeUtf8(pod.toString());
      }
      return super.handleCreate(request);
    }

    /** Server-side apply, which the mock does not know: the object is stored as it comes. */
    @Override
    public MockResponse handlePatch(RecordedRequest request) {
      if (!String.valueOf(request.getHeader("Content-Type")).contains("apply-patch")) {
        return super.handlePatch(request);
      }
      String path = request.getPath().substring(0, request.getPath().indexOf('?'));
      String collection = path.substring(0, path.lastIndexOf('/'));
      ObjectNode object = body(request);
      return handleGet(path).getStatus().contains(" 404 ")
          ? handleCreate(as("POST", collection, request, object))
          : handleUpdate(as("PUT", path, request, object));
    }

    private RecordedRequest as(
        String method, String path, RecordedRequest request, JsonNode object) {
      Buffer body = new Buffer().writeUtf8(object.toString());
      return new RecordedRequest(
          method + " " + path + " HTTP/1.1",
          request.getHeaders(),
          List.of(),
          body.size(),
          body,
          request.getSequenceNumber(),
          new Socket());
    }

    private ObjectNode body(RecordedRequest request) {
      try {
        return (ObjectNode) YAML.readTree(request.getBody().readString(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
