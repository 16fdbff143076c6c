package waybill.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import waybill.inventory.AdjustStockHandler;
import waybill.catalog.PutChannelHandler;
import waybill.messages.Money;
import waybill.options.QuoteDeliveryHandler;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.shipping.Carriers;
import waybill.shipping.carrier.Carrier;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.carrier.CarrierProvider;
import waybill.shipping.carrier.Rates;

/**
 * What it takes to offer ten methods, each of an account of its own whose carrier answers after 50 ms, for an order of two products from one
 * location: time, and processor time, in one process with the tables in memory. The machine's own work beside it counts, too.
 */
final class OptionsFigures {
  private static final int CARRIERS = 10;
  private static final int WARM = 300;
  private static final int ROUNDS = 300;
  private static final long ANSWER_MILLIS = 50;

  private OptionsFigures() {}

  static void print(PrintStream out) throws Exception {
    var millis = new ArrayList<Double>();
    double cpu = OneProcess.quietly(() -> measured(millis));
    millis.sort(Double::compare);
    out.println(new Figure("options-10-carriers-p50", millis.get(millis.size() / 2), "ms",
        "<= 65, of which the carriers take %d".formatted(ANSWER_MILLIS)).line());
    out.println(new Figure("options-10-carriers-p99", millis.get(millis.size() * 99 / 100), "ms", "").line());
    out.println(new Figure("options-10-carriers-cpu", cpu, "CPU-ms", "<= 15").line("%.2f"));
  }

  /** @return the processor time of one request, in milliseconds */
  private static double measured(List<Double> millis) throws IOException {
    OneProcess process = shop();
    var quote = new QuoteDeliveryHandler(ports(process));
    ObjectNode event = OneProcess.http("POST", "/delivery-options", Map.of(), Map.of(),
        process.read("quote-delivery.json"));
    for (int i = 0; i < WARM; i++) {
      ask(quote, event);
    }
    var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = machine.getProcessCpuTime();
    for (int i = 0; i < ROUNDS; i++) {
      long begun = System.nanoTime();
      ask(quote, event);
      millis.add((System.nanoTime() - begun) / 1e6);
    }
    return (machine.getProcessCpuTime() - before) / 1e6 / ROUNDS;
  }

  private static void ask(QuoteDeliveryHandler quote, ObjectNode event) {
    JsonNode answer = OneProcess.run(quote, event);
    if (answer.path("data").size() != CARRIERS) {
      throw new IllegalStateException(answer.toString());
    }
  }

  private static OneProcess shop() throws IOException {
    OneProcess process = OneProcess.inMemory(() -> Instant.parse("2026-11-30T14:00:00Z"));
    ObjectNode channel = (ObjectNode) process.read("put-channel.json");
    ArrayNode methods = channel.putArray("shipping_methods");
    for (int i = 0; i < CARRIERS; i++) {
      ObjectNode method = methods.addObject().put("code", "method-" + i).put("name", "Method " + i);
      method.putObject("carrier_account").put("carrier", "bench").put("account", "account-" + i);
      method.putArray("zones").addObject();
    }
    OneProcess.run(new PutChannelHandler(process.ports()),
        OneProcess.http("PUT", "/channels/de-web", Map.of("id", "de-web"), Map.of(), channel));
    process.putLocation("leipzig");
    for (String sku : List.of("TEA-200", "MUG-BLUE")) {
      process.putProduct(sku);
      OneProcess.run(new AdjustStockHandler(process.ports()), OneProcess.http("POST", "/stock/" + sku + "/adjustments",
          Map.of("sku", sku), Map.of(), process.read("adjust-stock.json")));
    }
    return process;
  }

  private static Ports ports(OneProcess process) {
    var accounts = new StringBuilder("{");
    for (int i = 0; i < CARRIERS; i++) {
      accounts.append(i == 0 ? "" : ",")
          .append("\"account-%d\": {\"carrier\": \"bench\", \"livemode\": false}".formatted(i));
    }
    return process.ports()
        .with(SsmClient.class, OneProcess.answering(SsmClient.class,
            GetParameterResponse.builder().parameter(it -> it.value(accounts.append("}").toString())).build()))
        .with(Carriers.class, new Carriers(List.of(new Bench())));
  }

  /** A carrier that answers after a while, and sells nothing. */
  private static final class Bench implements CarrierProvider {

    @Override
    public String code() {
      return "bench";
    }

    @Override
    public Optional<Carrier> carrier(CarrierAccount account) {
      var rate = new Rates.Rate("rate", "Bench", "Standard", new Money(490, "EUR"), null, null, 2, null, false);
      return Optional.of((Carrier) Proxy.newProxyInstance(Carrier.class.getClassLoader(), new Class<?>[]{Carrier.class},
          (_, _, _) -> {
            Thread.sleep(ANSWER_MILLIS);
            return Outcome.of(new Rates(List.of(rate), List.of()));
          }));
    }
  }
}
