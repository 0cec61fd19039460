package io.earlybird.spark.submit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.internal.KubernetesDeserializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads the Kubernetes objects in {@code submit/}, none of whose fields may be unknown. */
final class Manifests {
  static final Path SUBMIT = Path.of("..", "submit").toAbsolutePath().normalize();
  static final Path DIRECTORY = SUBMIT.resolve("k8s");

  private static final ObjectMapper STRICT =
      YAMLMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .annotationIntrospector(new NothingElse())
          .build();

  private Manifests() {}

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(SUBMIT)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  /** The documents of a file. */
  static List<JsonNode> documents(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  static List<JsonNode> parse(String yaml) throws IOException {
    try (MappingIterator<JsonNode> documents = STRICT.readerFor(JsonNode.class).readValues(yaml)) {
      return documents.readAll();
    }
  }

  /** The only document of that kind in a file. */
  static <T> T read(String file, Class<T> type) throws IOException {
    List<JsonNode> found =
        documents(DIRECTORY.resolve(file)).stream()
            .filter(document -> document.path("kind").asText().equals(type.getSimpleName()))
            .toList();
    if (found.size() != 1) {
      throw new IOException(file + " holds " + found.size() + " of " + type.getSimpleName());
    }
    return STRICT.treeToValue(found.get(0), type);
  }

  /** An object of the class that stands for its kind. */
  static Object typed(JsonNode document) throws IOException {
    return STRICT.treeToValue(document, type(document));
  }

  private static Class<?> type(JsonNode document) throws IOException {
    String version = document.path("apiVersion").asText();
    String kind = document.path("kind").asText();
    if (version.equals(ScheduledSparkApplication.API_VERSION)) {
      return ScheduledSparkApplication.class;
    }
    KubernetesResource known =
        new ObjectMapper()
            .treeToValue(
                new ObjectMapper().createObjectNode().put("apiVersion", version).put("kind", kind),
                KubernetesResource.class);
    if (known.getClass().getSimpleName().equals(kind)) {
      return known.getClass();
    }
    throw new IOException(
        "Kubernetes knows no " + kind + " of " + version + ", see " + KubernetesDeserializer.class);
  }

  /** The classes of the model keep fields that they do not know; here these are errors. */
  private static final class NothingElse extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return Boolean.FALSE;
    }
  }
}
