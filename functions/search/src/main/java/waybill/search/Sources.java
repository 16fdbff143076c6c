package waybill.search;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import waybill.messages.ChannelId;
import waybill.messages.OrderId;
import waybill.orders.Access.Customer;
import waybill.orders.Orders;
import waybill.platform.Outcome;
import waybill.platform.Page;
import waybill.platform.Refused;
import waybill.search.SearchIndex.Place;

/**
 * Where a search begins: with what leaves the fewest orders. The rest of it is checked order by order.
 *
 * @param index finds the orders of a term
 * @param channels all channels' ids, read only if the search names none
 * @param parcels finds the orders of a tracking number
 * @param orders keep the lists of customers and holds themselves
 */
record Sources(Finder index, Supplier<List<ChannelId>> channels, Function<String, List<OrderId>> parcels,
    Orders orders) {
  private static final Refused NOT_OURS = Refused.invalid("cursor", "invalid",
      "is the next_cursor of a page of this very list");

  /** The next orders of a term, the newest first. */
  interface Finder {
    List<Place> find(Term term, Place behind, Instant since, int limit);
  }

  /** A part of what was found. */
  interface Pages {
    Outcome<Page<OrderId>> page(int limit, String cursor);
  }

  /** @param rest what is to be checked of each order */
  record Source(Pages pages, Search rest) {}

  Source of(Search search) {
    if (search.has(Criterion.TRACKING_NUMBER)) {
      return new Source(few(() -> parcels.apply(search.text(Criterion.TRACKING_NUMBER))), search);
    }
    if (search.has(Criterion.REFERENCE)) {
      return new Source(few(() -> referenced(search)), search.without(Criterion.REFERENCE));
    }
    for (Criterion criterion : List.of(Criterion.NUMBER, Criterion.EMAIL)) {
      if (search.has(criterion)) {
        return termed(search, List.of(Term.of(criterion, search.text(criterion))), criterion);
      }
    }
    if (search.has(Criterion.PHONE)) {
      return termed(search, List.of(Term.phone(search.phone())), null);
    }
    if (search.has(Criterion.NAME)) {
      // Checked again: an address may have been corrected since.
      return termed(search, List.of(Term.of(Criterion.NAME, search.rarestWord())), null);
    }
    if (search.has(Criterion.CUSTOMER_ID)) {
      var customer = new Customer(search.channel(), search.text(Criterion.CUSTOMER_ID));
      return new Source((limit, cursor) -> orders.byCustomer(customer, limit, cursor),
          search.without(Criterion.CUSTOMER_ID, Criterion.CHANNEL));
    }
    if (search.has(Criterion.HOLD)) {
      return new Source((limit, cursor) -> orders.held(search.text(Criterion.HOLD), limit, cursor), search);
    }
    return listed(search);
  }

  private Source listed(Search search) {
    if (search.has(Criterion.TAG)) {
      // Checked again: an order may have lost it since.
      return termed(search, List.of(Term.of(Criterion.TAG, search.text(Criterion.TAG))), null);
    }
    if (search.has(Criterion.SKU)) {
      return termed(search, List.of(Term.of(Criterion.SKU, search.text(Criterion.SKU))), Criterion.SKU);
    }
    List<ChannelId> of = search.has(Criterion.CHANNEL) ? List.of(search.channel()) : channels.get();
    return termed(search, of.stream().map(Term::channel).toList(), Criterion.CHANNEL);
  }

  /** The ids follow from the references, so an order is found as soon as it is placed. */
  private List<OrderId> referenced(Search search) {
    List<ChannelId> of = search.has(Criterion.CHANNEL) ? List.of(search.channel()) : channels.get();
    return of.stream().map(it -> OrderId.of(it, search.text(Criterion.REFERENCE))).toList();
  }

  /** @param proven what an entry of the term shows beyond doubt; null if it shows nothing so */
  private Source termed(Search search, List<Term> terms, Criterion proven) {
    Search rest = proven == null
        ? search.without(Criterion.PLACED_AFTER)
        : search.without(Criterion.PLACED_AFTER, proven);
    return new Source((limit, cursor) -> cursor == null
        ? Outcome.of(page(search, terms, limit, null))
        : place(terms, cursor).map(it -> page(search, terms, limit, it)), rest);
  }

  private Page<OrderId> page(Search search, List<Term> terms, int limit, Place behind) {
    var places = new ArrayList<Place>();
    terms.forEach(it -> places.addAll(index.find(it, behind, search.placedAfter(), limit + 1)));
    List<Place> found = places.stream().sorted(Comparator.reverseOrder()).limit(limit).toList();
    return new Page<>(found.stream().map(Place::order).toList(),
        places.size() > limit ? cursor(terms, found.getLast().text()) : null);
  }

  /** What is found all at once. Its cursor is how many were shown. */
  private static Pages few(Supplier<List<OrderId>> all) {
    return (limit, cursor) -> {
      List<OrderId> ids = all.get();
      if (cursor != null && !cursor.matches("[0-9]{1,9}")) {
        return NOT_OURS.outcome();
      }
      int from = cursor == null ? 0 : Math.min(Integer.parseInt(cursor), ids.size());
      int to = Math.min(from + limit, ids.size());
      return Outcome.of(new Page<>(ids.subList(from, to), to < ids.size() ? Integer.toString(to) : null));
    };
  }

  private static String cursor(List<Term> terms, String place) {
    return Base64.getUrlEncoder().withoutPadding()
        .encodeToString((place + " " + seal(terms, place)).getBytes(StandardCharsets.UTF_8));
  }

  private static Outcome<Place> place(List<Term> terms, String cursor) {
    try {
      String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ");
      return parts.length == 2 && seal(terms, parts[0]).equals(parts[1])
          ? Outcome.of(Place.parse(parts[0]))
          : NOT_OURS.outcome();
    } catch (IllegalArgumentException e) {
      return NOT_OURS.outcome();
    }
  }

  /** Shows that a cursor is one of this list. It is no secret: who makes one up starts at another place of a list that they may read. */
  private static String seal(List<Term> terms, String place) {
    var checksum = new CRC32();
    // Channels may come and go meanwhile.
    String list = terms.size() == 1 ? terms.getFirst().toString() : "";
    checksum.update((list + place).getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(checksum.getValue());
  }
}
