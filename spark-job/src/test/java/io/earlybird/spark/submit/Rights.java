package io.earlybird.spark.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.earlybird.spark.submit.ApiServer.Request;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a role in {@code submit/k8s/rbac.yaml} allows. */
record Rights(Role role) {
  private static final Pattern PATH =
      Pattern.compile("/api/v1/namespaces/earlybird/([a-z]+)(/[^?]+)?(\\?.*)?");

  static Rights of(String name) throws IOException {
    return new Rights(
        Manifests.documents(Manifests.DIRECTORY.resolve("rbac.yaml")).stream()
            .filter(document -> document.path("kind").asText().equals("Role"))
            .filter(document -> document.at("/metadata/name").asText().equals(name))
            .map(Rights::read)
            .findFirst()
            .orElseThrow());
  }

  private static Role read(JsonNode document) {
    try {
      return (Role) Manifests.typed(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void assertAllow(List<Request> requests) {
    assertThat(requests).isNotEmpty().allMatch(this::allows, "allowed by " + role);
  }

  private boolean allows(Request request) {
    Matcher path = PATH.matcher(request.path());
    return path.matches()
        && role.getRules().stream()
            .filter(rule -> rule.getResources().contains(path.group(1)))
            .map(PolicyRule::getVerbs)
            .anyMatch(verbs -> verbs.contains(verb(request, path)));
  }

  /** As the API server names it: Kubernetes, "Authorization", determine the request verb. */
  private static String verb(Request request, Matcher path) {
    boolean one = path.group(2) != null;
    return switch (request.method()) {
      case "GET" -> {
        boolean watches = String.valueOf(path.group(3)).contains("watch=true");
        yield watches ? "watch" : one ? "get" : "list";
      }
      case "POST" -> "create";
      case "PATCH" -> "patch";
      case "PUT" -> "update";
      case "DELETE" -> one ? "delete" : "deletecollection";
      default -> request.method();
    };
  }
}
