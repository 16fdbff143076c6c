package waybill.documents;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.messages.OrderId;
import waybill.messages.ParcelId;
import waybill.platform.Backoff;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;

/** Gives each parcel of a shop its serial shipping container code: one a parcel, written together with the count of the codes that are given, so that none is given twice. */
final class Ssccs {
  private final DynamoDbClient dynamo;
  private final Table<ParcelSscc> parcels;
  private final Table<SsccSerials> serials;

  Ssccs(Ports ports) {
    this.dynamo = ports.dynamo();
    this.parcels = DocumentsTable.ssccs(ports);
    this.serials = DocumentsTable.serials(ports);
  }

  /** Those of an order's parcels that have one. */
  Map<ParcelId, String> of(OrderId order) {
    return parcels.findAll(order.value(), DocumentsTable.SSCC).stream().map(Stored::value)
        .collect(Collectors.toMap(ParcelSscc::parcel, ParcelSscc::sscc));
  }

  /** The parcel's code, given now or before; empty if the shop has no prefix, or its prefix has no more. @param prefix null for none */
  Optional<String> give(ParcelId parcel, String prefix) {
    if (prefix == null) {
      return Optional.empty();
    }
    var backoff = new Backoff();
    do {
      Optional<String> known = parcels.find(DocumentsTable.sscc(parcel)).map(it -> it.value().sscc());
      if (known.isPresent()) {
        return known;
      }
      Optional<Stored<SsccSerials>> current = serials.find(DocumentsTable.serials(prefix));
      SsccSerials next = current.map(Stored::value).orElseGet(() -> SsccSerials.of(prefix)).next();
      Optional<String> code = next.code();
      if (code.isEmpty() || Table.writeAll(dynamo, List.of(
          current.map(it -> serials.replacement(it, next)).orElseGet(() -> serials.insertion(next)),
          parcels.insertion(new ParcelSscc(parcel, code.get()))))) {
        return code;
      }
    } while (backoff.again());
    throw new Table.Contended("serials of SSCCs");
  }
}
