package waybill.catalog;

import java.util.Optional;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;

/** Where what checkouts were offered is kept: in the table of the delivery options, which orders only read. */
public final class DeliveryQuotes {
  private static final String QUOTE = "quote";

  private final Table<DeliveryQuote> quotes;

  public DeliveryQuotes(Ports ports) {
    this.quotes = new Table<>(ports, "OPTIONS_TABLE", DeliveryQuote.class, it -> key(it.id()));
  }

  private static Table.Key key(String id) {
    return new Table.Key(id, QUOTE);
  }

  public void keep(DeliveryQuote quote) {
    quotes.insert(quote);
  }

  /** The quote that has this option; empty if nobody was offered it, or it is forgotten. */
  public Optional<DeliveryQuote> find(DeliveryOptionId option) {
    return quotes.find(key(option.quote())).map(Stored::value).filter(it -> it.option(option).isPresent());
  }
}
