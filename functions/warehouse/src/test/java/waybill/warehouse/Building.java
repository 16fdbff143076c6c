package waybill.warehouse;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import waybill.catalog.PutLocationHandler;
import waybill.platform.Json;
import waybill.workbench.Bench;

/** A location with a building: the warehouse's functions, over HTTP events as API Gateway makes them. */
final class Building implements AutoCloseable {
  static final String LOCATION = "leipzig";

  final Bench bench = Bench.open("catalog:by_kind", "inventory", "warehouse:by_place");

  /** @param body what was answered, read as JSON */
  record Answer(int status, Map<String, Object> headers, Map<String, Object> body) {
    /** Pointer and code of each field that broke a rule. */
    List<String> errors() {
      return ((List<?>) body.get("errors")).stream().map(Json::object)
          .map(it -> it.get("pointer") + " " + it.get("code")).toList();
    }

    Object code() {
      return body.get("code");
    }
  }

  Building() {
    answer(new PutLocationHandler(bench.ports()), "PUT", "/locations/" + LOCATION, Map.of("id", LOCATION), Map.of(),
        sample("put-location.json"));
  }

  static String sample(String name) {
    try {
      return Files.readString(Path.of("../../events", name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Answer putBin(String bin, String body) {
    return putBin(LOCATION, bin, Map.of(), body);
  }

  Answer putBin(String location, String bin, Map<String, String> headers, String body) {
    return answer(new PutBinHandler(bench.ports()), "PUT", "/bins/" + location + "/" + bin,
        Map.of("location_id", location, "bin", bin), headers, body);
  }

  Answer getBin(String bin) {
    return answer(new GetBinHandler(bench.ports()), "GET", "/bins/" + LOCATION + "/" + bin,
        Map.of("location_id", LOCATION, "bin", bin), Map.of(), "");
  }

  Answer answer(RequestStreamHandler handler, String method, String path, Map<String, String> parameters,
      Map<String, String> headers, String body) {
    return answer(handler, method, path, parameters, Map.of(), headers, body, "worker");
  }

  Answer answer(RequestStreamHandler handler, String method, String path, Map<String, String> parameters,
      Map<String, String> query, Map<String, String> headers, String body, String subject) {
    var event = bench.httpEvent(method, path, parameters, query, headers, body, subject, "stock:write");
    Map<String, Object> response = Json.readObject(Bench.output(handler, event));
    return new Answer(((Long) response.get("statusCode")).intValue(), Json.object(response.get("headers")),
        Json.readObject((String) response.get("body")));
  }

  @Override
  public void close() {
    bench.close();
  }
}
