package waybill.options;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import waybill.catalog.CurrencyCode;
import waybill.catalog.Destination;
import waybill.messages.ChannelId;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.platform.Fields;
import waybill.platform.Violation;

/**
 * What a checkout asks.
 *
 * @param prices of one unit without taxes, as far as they were named
 * @param currency null for the channel's first
 * @param wantedBy the last day on which it may come; null if any will do
 */
record DeliveryRequest(ChannelId channel, Destination destination, List<SkuQuantity> lines, Map<Sku, Long> prices,
    String currency, LocalDate wantedBy) {
  private static final int MAX_LINES = 100;
  private static final int MAX_QUANTITY = 1_000_000;
  private static final long MAX_AMOUNT = 1_000_000_000L;
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

  /** To be verified by the caller. */
  static DeliveryRequest read(Fields fields) {
    ChannelId channel = fields.parsed("channel", ChannelId::new, "is the id of a channel");
    Destination destination = Destination.read(fields.object("destination"));
    var prices = new HashMap<Sku, Long>();
    List<SkuQuantity> lines = fields.list("lines", 1, MAX_LINES, it -> line(it, prices));
    var seen = new HashSet<Sku>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).sku() != null && !seen.add(lines.get(i).sku())) {
        fields.refuse(new Violation("/lines/%d/sku".formatted(i), "repeated", "stands in another line already"));
      }
    }
    return new DeliveryRequest(channel, destination, lines, prices,
        fields.parsedOrNull("currency", CurrencyCode::checked, "is a currency by ISO 4217"),
        fields.parsedOrNull("wanted_by", DeliveryRequest::date, "is a date, for example 2026-12-24"));
  }

  private static SkuQuantity line(Fields fields, Map<Sku, Long> prices) {
    var line = new SkuQuantity(fields.parsed("sku", Sku::new, "is a SKU"), fields.integer("quantity", 1, MAX_QUANTITY));
    if (fields.has("unit_price")) {
      long price = fields.whole("unit_price", 0, MAX_AMOUNT);
      if (line.sku() != null) {
        prices.put(line.sku(), price);
      }
    }
    return line;
  }

  private static LocalDate date(String text) {
    try {
      if (DATE.matcher(text).matches()) {
        return LocalDate.parse(text);
      }
    } catch (DateTimeParseException e) {
      // Refused below, as every other text that is no date.
    }
    throw new IllegalArgumentException();
  }
}
