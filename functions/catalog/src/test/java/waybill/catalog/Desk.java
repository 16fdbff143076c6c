package waybill.catalog;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import waybill.platform.Json;
import waybill.workbench.Bench;

/** Where an operator sits: the catalog's functions, over HTTP events as API Gateway makes them. */
final class Desk implements AutoCloseable {
  final Bench bench = Bench.open("catalog:by_kind");

  /** @param body what was answered, read as JSON */
  record Answer(int status, Map<String, Object> headers, Map<String, Object> body) {
    /** Pointer and code of each field that broke a rule. */
    List<String> errors() {
      return ((List<?>) body.get("errors")).stream().map(Json::object)
          .map(it -> it.get("pointer") + " " + it.get("code")).toList();
    }

    List<Object> listed(String name) {
      return ((List<?>) body.get("data")).stream().map(it -> Json.object(it).get(name)).toList();
    }
  }

  Answer putProduct(String sku, Map<String, String> headers, String body) {
    return answer(new PutProductHandler(bench.ports()), "PUT", "/products/" + sku,
        Map.of("sku", sku), Map.of(), headers, body);
  }

  Answer putProduct(String sku, String body) {
    return putProduct(sku, Map.of(), body);
  }

  Answer getProduct(String sku) {
    return answer(new GetProductHandler(bench.ports()), "GET", "/products/" + sku,
        Map.of("sku", sku), Map.of(), Map.of(), "");
  }

  Answer listProducts(Map<String, String> query) {
    return answer(new ListProductsHandler(bench.ports()), "GET", "/products",
        Map.of(), query, Map.of(), "");
  }

  Answer putChannel(String id, Map<String, String> headers, String body) {
    return answer(new PutChannelHandler(bench.ports()), "PUT", "/channels/" + id,
        Map.of("id", id), Map.of(), headers, body);
  }

  Answer putChannel(String id, String body) {
    return putChannel(id, Map.of(), body);
  }

  Answer getChannel(String id) {
    return answer(new GetChannelHandler(bench.ports()), "GET", "/channels/" + id,
        Map.of("id", id), Map.of(), Map.of(), "");
  }

  Answer putLocation(String id, Map<String, String> headers, String body) {
    return answer(new PutLocationHandler(bench.ports()), "PUT", "/locations/" + id,
        Map.of("id", id), Map.of(), headers, body);
  }

  Answer putLocation(String id, String body) {
    return putLocation(id, Map.of(), body);
  }

  Answer listLocations(Map<String, String> query) {
    return answer(new ListLocationsHandler(bench.ports()), "GET", "/locations",
        Map.of(), query, Map.of(), "");
  }

  Answer answer(RequestStreamHandler handler, String method, String path, Map<String, String> parameters,
      Map<String, String> query,
      Map<String, String> headers, String body) {
    InputStream event = bench.httpEvent(method, path, parameters, query, headers, body, "operator", "catalog:write");
    Map<String, Object> response = Json.readObject(Bench.output(handler, event));
    return new Answer(((Long) response.get("statusCode")).intValue(), Json.object(response.get("headers")),
        Json.readObject((String) response.get("body")));
  }

  @Override
  public void close() {
    bench.close();
  }
}
