package waybill.digital;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.digital.LineGrant.Given;
import waybill.messages.LineId;
import waybill.messages.OrderId;
import waybill.messages.Sku;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;

/** What an order's customer was given, for those who show it to them. What was revoked is not shown. */
public final class DigitalGoods {
  private final InstantSource clock;
  private final Table<Delivery> deliveries;
  private final Table<Download> downloads;
  private final Table<LicenceKey> keys;

  public DigitalGoods(Ports ports) {
    this.clock = ports.clock();
    this.deliveries = DigitalTable.deliveries(ports);
    this.downloads = DigitalTable.downloads(ports);
    this.keys = DigitalTable.keys(ports);
  }

  /**
   * What was given of a line.
   *
   * @param links those that work
   * @param keys as the customer enters them
   */
  public record Goods(LineId line, Sku sku, List<Link> links, List<String> keys) {

    /** It holds keys: it is in no text that could be logged. */
    @Override
    public String toString() {
      return "Goods[" + line + "]";
    }
  }

  /** A link that works. @param path behind the address of the API @param left how often it does */
  public record Link(String path, Instant expiresAt, int left) {
    @Override
    public String toString() {
      return "Link";
    }
  }

  /** In the order of the lines; nothing of those of which nothing works. */
  public List<Goods> of(OrderId order) {
    List<LineGrant> lines = deliveries.find(DigitalTable.key(order)).map(it -> it.value().lines()).orElse(List.of());
    Map<String, Download> links = downloads
        .findAll(given(lines).filter(Given::isLink).map(it -> DigitalTable.downloadKey(it.token().digest())).toList())
        .stream().map(Stored::value).collect(Collectors.toMap(Download::id, it -> it));
    Map<String, LicenceKey> found = keys.findAll(lines.stream().flatMap(line -> line.active()
        .filter(it -> !it.isLink()).map(it -> DigitalTable.licenceKey(line.sku(), it.key()))).toList()).stream()
        .map(Stored::value).collect(Collectors.toMap(LicenceKey::id, it -> it));
    return lines.stream().map(it -> goods(it, links, found))
        .filter(it -> !it.links().isEmpty() || !it.keys().isEmpty()).toList();
  }

  private static Stream<Given> given(List<LineGrant> lines) {
    return lines.stream().flatMap(LineGrant::active);
  }

  private Goods goods(LineGrant line, Map<String, Download> links, Map<String, LicenceKey> found) {
    List<Link> works = line.active().filter(Given::isLink).map(it -> link(it, links.get(it.token().digest())))
        .filter(Objects::nonNull).toList();
    return new Goods(line.line(), line.sku(), works, line.active().filter(it -> !it.isLink())
        .map(it -> found.get(it.key()).text()).toList());
  }

  /** Null if it does not work any more. */
  private Link link(Given given, Download download) {
    return download.refusal(clock.instant()) != null
        ? null
        : new Link("/downloads/" + given.token().value(), download.expiresAt(), download.left());
  }
}
