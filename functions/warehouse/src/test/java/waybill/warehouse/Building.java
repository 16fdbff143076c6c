package waybill.warehouse;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import waybill.catalog.PutLocationHandler;
import waybill.catalog.PutProductHandler;
import waybill.inventory.AdjustStockHandler;
import waybill.inventory.GetStockHandler;
import waybill.inventory.RestockReturnHandler;
import waybill.messages.Choreography;
import waybill.platform.HttpFunction;
import waybill.platform.HttpRequest;
import waybill.platform.Json;
import waybill.platform.Problem;
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

  /** A product of this height, 500 g a unit, of which so many are at the dock. */
  void product(String sku, int heightMm, int units) {
    answer(new PutProductHandler(bench.ports()), "PUT", "/products/" + sku, Map.of("sku", sku), Map.of(),
        "{\"name\":\"%s\",\"weight_grams\":500,\"length_mm\":100,\"width_mm\":100,\"height_mm\":%d}".formatted(sku,
            heightMm));
    if (units > 0) {
      adjust(sku, units, "received");
    }
  }

  Answer adjust(String sku, int units, String reason) {
    return answer(new AdjustStockHandler(bench.ports()), "POST", "/stock/" + sku + "/adjustments", Map.of("sku", sku),
        Map.of("idempotency-key", sku + reason + units + bench.clock().instant()),
        "{\"location_id\":\"%s\",\"quantity\":%d,\"reason\":\"%s\"}".formatted(LOCATION, units, reason));
  }

  /** @param from null for the dock */
  Answer move(String key, String sku, int quantity, String from, String to) {
    return move(key, """
        {"location_id": "leipzig", "sku": "%s", "quantity": %d%s%s}""".formatted(sku, quantity,
        from == null ? "" : ", \"from\": \"%s\"".formatted(from), to == null ? "" : ", \"to\": \"%s\"".formatted(to)));
  }

  Answer move(String key, String body) {
    return answer(new MoveUnitsHandler(bench.ports()), "POST", "/bin-moves", Map.of(),
        Map.of("idempotency-key", key), body);
  }

  Answer propose(Map<String, String> query) {
    var all = new HashMap<>(Map.of("location_id", LOCATION));
    all.putAll(query);
    return answer(new ProposePutawayHandler(bench.ports()), "GET", "/putaway-proposals", Map.of(), all, Map.of(), "",
        "worker");
  }

  Answer requestCount(String key, String body) {
    return answer(new RequestCountHandler(bench.ports()), "POST", "/counts", Map.of(), Map.of("idempotency-key", key),
        body);
  }

  /** @return the id of a count of a bin */
  String count(String bin) {
    return (String) requestCount("count-" + bin,
        "{\"location_id\":\"%s\",\"bin\":\"%s\"}".formatted(LOCATION, bin)).body().get("id");
  }

  /** @param lines of JSON */
  Answer tally(String count, String counter, String lines) {
    return tally(count, counter, counter, "{\"lines\":[%s]}".formatted(lines));
  }

  Answer tally(String count, String counter, String key, String body) {
    return answer(new EnterCountHandler(bench.ports()), "POST", "/counts/" + count + "/tallies", Map.of("id", count),
        Map.of(), Map.of("idempotency-key", key), body, counter);
  }

  Answer getCount(String count) {
    return answer(new GetCountHandler(bench.ports()), "GET", "/counts/" + count, Map.of("id", count), Map.of(), "");
  }

  /** @return bins with open counts */
  List<Object> openCounts() {
    var list = answer(new ListCountsHandler(bench.ports()), "GET", "/counts", Map.of(),
        Map.of("location_id", LOCATION), Map.of(), "", "boss");
    return ((List<?>) list.body().get("data")).stream().map(it -> Json.object(it).get("bin")).toList();
  }

  Answer review(String count, String body) {
    Answer answer = answer(new ReviewCountHandler(bench.ports()), "POST", "/counts/" + count + "/review",
        Map.of("id", count), Map.of(), Map.of(), body, "boss");
    bench.sentTo(Choreography.RestockReturn.class).forEach(it -> Bench.output(new RestockReturnHandler(bench.ports()),
        bench.sqsEvent(it)));
    bench.forgetSent();
    return answer;
  }

  Object onHand(String sku) {
    var stock = answer(new GetStockHandler(bench.ports()), "GET", "/stock/" + sku, Map.of("sku", sku), Map.of(), "");
    return Json.object(((List<?>) stock.body().get("locations")).getFirst()).get("on_hand");
  }

  /** What lies in a bin: SKU and units. */
  Map<Object, Object> lying(String bin) {
    var lying = new LinkedHashMap<Object, Object>();
    ((List<?>) getBin(bin).body().get("contents")).stream().map(Json::object)
        .forEach(it -> lying.put(it.get("sku"), it.get("quantity")));
    return lying;
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

  /** The status of what is answered to somebody who works at Kiel and nowhere else. */
  int elsewhere(HttpFunction function, Map<String, String> parameters, Map<String, String> query, String body) {
    var request = new HttpRequest("r", "POST", "/", parameters, query, Map.of("idempotency-key", "kiel"),
        body.getBytes(StandardCharsets.UTF_8), "ada", Set.of("fulfillment:work"), "", Set.of("kiel"));
    return catchThrowableOfType(Problem.class, () -> function.answer(request)).status();
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
