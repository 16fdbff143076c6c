package waybill.warehouse.picking;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.messages.FulfillmentId;
import waybill.messages.LineId;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.Sku;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.warehouse.BinId;

/**
 * One walk of a person through the building, with a device whose totes each hold the units of one order: they are sorted while they are picked. It is
 * done scan by scan, and everything about it is kept here: what the person's phone shows follows from it, so another phone shows the same. A scan
 * that was heard before changes nothing.
 *
 * @param carrier who collects its orders
 * @param device what the person takes along
 * @param holder the subject of the token of whom it belongs to; null if to nobody
 * @param until until when it is theirs if they are silent
 * @param orders what is picked
 * @param picks in the order in which the person walks; those that are done stay where they were
 * @param at the bin that was scanned last; null if none was
 * @param lotShown whether the lot of the units to take was scanned
 * @param hand how many units of the current pick were scanned, and are in no tote yet
 * @param emptied the bin that the last unit seems to have been taken out of; null if none was
 * @param heard the keys of the latest scans and actions, the latest last
 */
record Round(RoundId id, LocationId locationId, String carrier, Instant cutOff, int priority, String device,
    String holder, Instant until, List<Order> orders, List<Pick> picks, BinId at, boolean lotShown, int hand,
    BinId emptied, List<String> heard) {

  /** How long a person may be silent before somebody else goes on. */
  static final Duration PATIENCE = Duration.ofMinutes(10);
  /** A phone repeats what it sent last; what is older than this many scans it sends no more. */
  private static final int MOST_HEARD = 40;

  /**
   * An order of the round.
   *
   * @param totes what its units are put into; the last is not full
   * @param full whether it needs one more tote
   */
  record Order(FulfillmentId fulfillment, List<BinId> totes, boolean full) {
    /** The tote that its next units go into; empty if it has none yet. */
    Optional<BinId> tote() {
      return full || totes.isEmpty() ? Optional.empty() : Optional.of(totes.getLast());
    }

    Order into(BinId tote) {
      return totes.contains(tote) ? this : new Order(fulfillment, and(totes, tote), false);
    }
  }

  /** What is to be scanned next, or answered. */
  enum Expects {
    BIN, LOT, UNIT, TOTE,
    /** Whether the bin is empty. */
    EMPTY, NOTHING;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a scan does to the building. */
  sealed interface Effect {
    /** Units move from a bin into a tote. @param pick as it was before */
    record Put(Pick pick, int units, BinId tote) implements Effect {}

    /** Somebody must count a bin. @param found how many units are in it; null if that is not said */
    record Count(BinId bin, Integer found) implements Effect {}

    /** Units are not in their bin. @param pick as it was before */
    record Missing(Pick pick, int units) implements Effect {}
  }

  /** What a scan changes. @param effect null if nothing in the building @param text for the person */
  record Change(Round round, Effect effect, String text) {}

  /** The pick that the person is at; empty if all is picked. */
  Optional<Pick> current() {
    return picks.stream().filter(Pick::isOpen).findFirst();
  }

  boolean isDone() {
    return emptied == null && current().isEmpty();
  }

  Expects expects() {
    if (emptied != null) {
      return Expects.EMPTY;
    }
    return current().map(this::expects).orElse(Expects.NOTHING);
  }

  private Expects expects(Pick pick) {
    if (!pick.bin().equals(at)) {
      return Expects.BIN;
    }
    if (hand == pick.left()) {
      return Expects.TOTE;
    }
    return pick.lot() != null && !lotShown ? Expects.LOT : Expects.UNIT;
  }

  Order order(FulfillmentId fulfillment) {
    return orders.stream().filter(it -> it.fulfillment.equals(fulfillment)).findFirst().orElseThrow();
  }

  // Whose it is.

  /** Whether somebody else works on it, and is not silent for too long. */
  boolean isHeldByOther(String person, Instant now) {
    return holder != null && !holder.equals(person) && now.isBefore(until);
  }

  /** It is theirs; refused while it is somebody else's. */
  Outcome<Round> takenBy(String person, Instant now) {
    if (isHeldByOther(person, now)) {
      return Refused.conflict("held_by_other", "somebody else works on it: ask for the next work").outcome();
    }
    return Outcome.of(heldBy(person, now));
  }

  /** What a person scans is theirs; refused if it has gone over to somebody else, or was never theirs. */
  Outcome<Round> workedOnBy(String person, Instant now) {
    return person.equals(holder)
        ? Outcome.of(heldBy(person, now))
        : Refused.conflict("not_yours", "this work is not yours any more: ask for the next work").outcome();
  }

  private Round heldBy(String person, Instant now) {
    return new Round(id, locationId, carrier, cutOff, priority, device, person, now.plus(PATIENCE), orders, picks, at,
        lotShown, hand, emptied, heard);
  }

  /** Given back; units in hand lie in their bin again. */
  Round released() {
    return new Round(id, locationId, carrier, cutOff, priority, device, null, null, orders, picks, null, false, 0,
        emptied, heard);
  }

  boolean hasHeard(String key) {
    return heard.contains(key);
  }

  Round hearing(String key) {
    List<String> all = and(heard, key);
    return new Round(id, locationId, carrier, cutOff, priority, device, holder, until, orders, picks, at, lotShown,
        hand, emptied, all.subList(Math.max(0, all.size() - MOST_HEARD), all.size()));
  }

  // Scans.

  /** What is known of a bin whose code was scanned. @param tote whether it is a tote @param of whose units are in it, or null */
  record ScannedBin(BinId bin, boolean locked, boolean tote, FulfillmentId of) {}

  /**
   * A code was scanned; refused, and nothing is changed, if it is not what is expected.
   *
   * @param quantity how many units it stands for
   * @param bin the bin that has this code; empty if none has
   * @param left how many units are in the bin of the current pick, whatever they are
   */
  Outcome<Change> scan(Words words, String code, int quantity, Optional<ScannedBin> bin, int left) {
    return switch (expects()) {
      case NOTHING -> wrong("nothing_left", words.say("nothing_left"));
      case EMPTY -> wrong("answer_first", words.say("answer_first", emptied));
      case BIN -> scanBin(words, code, bin);
      case LOT -> scanLot(words, code);
      case UNIT -> hand > 0 && bin.isPresent() && bin.get().tote()
          ? put(words, bin.get(), left)
          : scanUnit(words, code, quantity);
      case TOTE -> bin.isPresent()
          ? put(words, bin.get(), left)
          : wrong("no_tote", words.say("no_tote", shown(code), instruction(words)));
    };
  }

  private Outcome<Change> scanBin(Words words, String code, Optional<ScannedBin> bin) {
    Pick pick = current().orElseThrow();
    if (!code.equals(pick.bin().value())) {
      return wrong("wrong_bin", words.say("wrong_bin", shown(code), pick.bin()));
    }
    if (bin.isEmpty() || bin.get().locked) {
      return wrong("bin_locked", words.say("bin_locked", pick.bin()));
    }
    return Outcome.of(new Change(with(picks, pick.bin(), false, 0, null), null, words.say("at_bin", pick.bin())));
  }

  private Outcome<Change> scanLot(Words words, String code) {
    Pick pick = current().orElseThrow();
    return code.equals(pick.lot().value())
        ? Outcome.of(new Change(with(picks, at, true, hand, null), null, words.say("right_lot", pick.lot())))
        : wrong("wrong_lot", words.say("wrong_lot", shown(code), pick.lot(), pick.product()));
  }

  private Outcome<Change> scanUnit(Words words, String code, int quantity) {
    Pick pick = current().orElseThrow();
    if (!pick.isUnit(code)) {
      Optional<Pick> later = picks.stream().filter(Pick::isOpen).filter(it -> it.isUnit(code)).findFirst();
      return wrong("wrong_unit", later.isPresent()
          ? words.say("unit_of_later", later.get().product(), pick.product())
          : words.say("wrong_unit", shown(code), pick.product()));
    }
    if (hand + quantity > pick.left()) {
      return wrong("too_many", words.say("too_many", pick.left(), pick.product()));
    }
    int taken = hand + quantity;
    return Outcome.of(new Change(with(picks, at, lotShown, taken, null), null,
        words.say("taken", taken, pick.left(), pick.product())));
  }

  /** The first tote of an order is its tote from then on, and never holds units of another order. */
  private Outcome<Change> put(Words words, ScannedBin tote, int left) {
    Pick pick = current().orElseThrow();
    Order order = order(pick.fulfillment());
    if (!tote.tote) {
      return wrong("no_tote", words.say("no_tote", tote.bin, instruction(words)));
    }
    if (tote.locked) {
      return wrong("bin_locked", words.say("tote_locked", tote.bin));
    }
    boolean others = tote.of != null && !tote.of.equals(pick.fulfillment())
        || orders.stream().anyMatch(it -> it != order && it.totes.contains(tote.bin));
    if (others) {
      return wrong("other_order", words.say("other_order", tote.bin, instruction(words)));
    }
    if (order.tote().isPresent() && !order.tote().get().equals(tote.bin)) {
      return wrong("wrong_tote", words.say("wrong_tote", tote.bin, order.tote().get()));
    }
    if (order.full && order.totes.contains(tote.bin)) {
      return wrong("tote_full", words.say("tote_is_full", tote.bin));
    }
    boolean last = left == hand;
    Round next = with(replaced(pick, pick.put(hand)), at, false, 0, last ? at : null)
        .with(orders.stream().map(it -> it == order ? it.into(tote.bin) : it).toList());
    return Outcome.of(new Change(next, new Effect.Put(pick, hand, tote.bin),
        words.say("in_tote", hand, pick.product(), tote.bin)));
  }

  // What a person says besides scans.

  /** The pick comes later, after all others. */
  Outcome<Change> skip(Words words) {
    Optional<Pick> pick = current();
    if (pick.isEmpty() || emptied != null) {
      return wrong("nothing_to_skip", instruction(words));
    }
    if (hand > 0) {
      return handFull(words);
    }
    List<Pick> later = new ArrayList<>(picks);
    later.remove(pick.get());
    later.add(pick.get());
    return Outcome.of(new Change(with(later, at, false, 0, null), null,
        words.say("later", pick.get().bin())));
  }

  /** The order's tote is full: its next units go into another. */
  Outcome<Change> toteFull(Words words) {
    Optional<Order> order = current().map(it -> order(it.fulfillment())).filter(it -> it.tote().isPresent());
    if (order.isEmpty() || emptied != null) {
      return wrong("no_tote_yet", words.say("no_tote_yet", instruction(words)));
    }
    BinId full = order.get().tote().get();
    return Outcome.of(new Change(with(orders.stream()
        .map(it -> it == order.get() ? new Order(it.fulfillment, it.totes, true) : it).toList()), null,
        words.say("one_more_tote", full)));
  }

  /** The rest of the units is not in the bin. */
  Outcome<Change> missing(Words words) {
    Optional<Pick> pick = current();
    if (pick.isEmpty() || emptied != null || expects() == Expects.BIN) {
      return wrong("not_at_bin", words.say("not_at_bin", instruction(words)));
    }
    if (hand > 0) {
      return handFull(words);
    }
    int units = pick.get().left();
    return Outcome.of(new Change(with(replaced(pick.get(), pick.get().without(units)), at, false, 0, null),
        new Effect.Missing(pick.get(), units), words.say("are_missing", units, pick.get().product())));
  }

  private <T> Outcome<T> handFull(Words words) {
    return wrong("hand_full", words.say("hand_full"));
  }

  /** @param found how many units are still in the bin; null if that is not said */
  Outcome<Change> looked(Words words, boolean empty, Integer found) {
    if (emptied == null) {
      return wrong("not_asked", words.say("not_asked", instruction(words)));
    }
    Round next = with(picks, at, false, 0, null);
    return Outcome.of(empty
        ? new Change(next, null, words.say("is_empty", emptied))
        : new Change(next, new Effect.Count(emptied, found), words.say("will_be_counted", emptied)));
  }

  private static <T> Outcome<T> wrong(String code, String text) {
    return Refused.conflict(code, text).outcome();
  }

  // What others decide meanwhile.

  /** Units of a pick that are not to be taken any more. @param pick as it was before */
  record LetGo(Pick pick, int units) {}

  /** @param letGo what nobody is to take any more */
  record Reduced(Round round, List<LetGo> letGo) {}

  /** An order has only so many units of each line left to pack: what it has not, is not picked any more. @param wanted none if it is cancelled */
  Reduced following(FulfillmentId fulfillment, Map<LineId, Integer> wanted) {
    var letGo = new ArrayList<LetGo>();
    var next = new ArrayList<>(picks);
    Set<LineId> lines = picks.stream().filter(it -> it.fulfillment().equals(fulfillment)).map(Pick::line)
        .collect(Collectors.toCollection(LinkedHashSet::new));
    for (LineId line : lines) {
      int surplus = Pick.units(picks.stream().filter(it -> isOf(it, fulfillment, line)).toList())
          - wanted.getOrDefault(line, 0);
      for (int i = next.size() - 1; i >= 0; i--) {
        Pick pick = next.get(i);
        int units = isOf(pick, fulfillment, line) ? Math.min(surplus, pick.left()) : 0;
        if (units > 0) {
          letGo.add(new LetGo(pick, units));
          next.set(i, pick.without(units));
          surplus -= units;
        }
      }
    }
    return new Reduced(letGo.isEmpty() ? this : with(next, at, lotShown, still(next), emptied), letGo);
  }

  /** Units of a pick come from other lots instead, which the packing of its order was swapped to. What is in hand of another pick stays there. */
  Round exchanging(Pick pick, int units, List<Pick> instead) {
    boolean here = current().filter(it -> it == pick).isPresent();
    return with(replaced(pick, pick.without(units)), at, !here && lotShown, here ? 0 : hand, emptied).taking(instead);
  }

  /** How many units of a line come from a lot, picked or not. */
  int unitsOf(Pick like, LotNumber lot) {
    return Pick.units(picks.stream().filter(it -> isOf(it, like.fulfillment(), like.line()) && lot.equals(it.lot()))
        .toList());
  }

  /** Its order is packed: nothing of it is picked any more, and its totes are free. */
  Round packed(FulfillmentId fulfillment) {
    return following(fulfillment, Map.of()).round.with(orders.stream()
        .map(it -> it.fulfillment.equals(fulfillment) ? new Order(fulfillment, List.of(), false) : it).toList());
  }

  private static boolean isOf(Pick pick, FulfillmentId fulfillment, LineId line) {
    return pick.fulfillment().equals(fulfillment) && pick.line().equals(line);
  }

  /** How many of the units in hand still are to be put somewhere. */
  private int still(List<Pick> next) {
    Optional<Pick> was = current();
    Optional<Pick> now = next.stream().filter(Pick::isOpen).findFirst();
    boolean same = was.isPresent() && now.isPresent() && was.get().isSameContent(now.get())
        && isOf(now.get(), was.get().fulfillment(), was.get().line());
    return same ? Math.min(hand, now.get().left()) : 0;
  }

  /**
   * Moved to other bins: what is missing of a line is taken there instead.
   *
   * @param instead the units, each with the pick that they are missing of
   */
  Round taking(List<Pick> instead) {
    var next = new ArrayList<>(picks);
    for (Pick pick : instead) {
      next.add(place(next, pick), pick);
    }
    return with(List.copyOf(next), at, lotShown, hand, emptied);
  }

  /** Behind the open pick that is nearest to it. The one that the person is at stays the next. */
  private static int place(List<Pick> picks, Pick pick) {
    return Stream.iterate(0, i -> i < picks.size(), i -> i + 1).filter(i -> picks.get(i).isOpen())
        .min(Comparator.comparingLong(i -> distance(picks.get(i), pick))).map(i -> i + 1).orElse(picks.size());
  }

  private static long distance(Pick one, Pick other) {
    boolean near = one.spot() != null && other.spot() != null && Objects.equals(one.zone(), other.zone());
    return near
        ? Block.of(Math.max(one.spot().position(), other.spot().position())).distance(one.spot(), other.spot())
        : Integer.MAX_VALUE;
  }

  /** The open picks of a product out of a bin are not taken there any more. @param lot null if it is not tracked by lots */
  Reduced leaving(BinId bin, Sku sku, LotNumber lot) {
    Predicate<Pick> left = it -> it.isOpen() && it.bin().equals(bin) && it.sku().equals(sku)
        && Objects.equals(it.lot(), lot);
    List<LetGo> letGo = picks.stream().filter(left).map(it -> new LetGo(it, it.left())).toList();
    List<Pick> next = picks.stream().map(it -> left.test(it) ? it.without(it.left()) : it).toList();
    boolean here = current().filter(left).isPresent();
    return new Reduced(letGo.isEmpty() ? this : with(next, at, !here && lotShown, here ? 0 : hand, emptied), letGo);
  }

  /** Picks with another in the place of one. */
  private List<Pick> replaced(Pick pick, Pick by) {
    return picks.stream().map(it -> it == pick ? by : it).toList();
  }

  private Round with(List<Pick> next, BinId bin, boolean lot, int inHand, BinId asked) {
    return new Round(id, locationId, carrier, cutOff, priority, device, holder, until, orders, next, bin, lot, inHand,
        asked, heard);
  }

  private Round with(List<Order> next) {
    return new Round(id, locationId, carrier, cutOff, priority, device, holder, until, next, picks, at, lotShown, hand,
        emptied, heard);
  }

  // What the person reads.

  /** What to do next. */
  String instruction(Words words) {
    return switch (expects()) {
      case BIN -> words.say("go_to_bin", now().bin());
      case LOT -> words.say("take_lot", now().left(), now().product(), now().lot());
      case UNIT -> hand == 0
          ? words.say("take", now().left(), now().product())
          : words.say("take_more", now().left() - hand, now().product(), hand, toteText(words));
      case TOTE -> words.say("put", hand, now().product(), toteText(words));
      case EMPTY -> words.say("is_it_empty", emptied);
      case NOTHING -> totes().isEmpty()
          ? words.say("nothing_to_bring")
          : words.say("bring", totes().stream().map(BinId::value).collect(Collectors.joining(", ")));
    };
  }

  private Pick now() {
    return current().orElseThrow();
  }

  private String toteText(Words words) {
    return order(now().fulfillment()).tote().map(it -> words.say("the_tote", it)).orElse(words.say("a_tote"));
  }

  List<BinId> totes() {
    return orders.stream().flatMap(it -> it.totes.stream()).toList();
  }

  /** What is scanned may be anything. */
  private static String shown(String code) {
    return code.length() > 40 ? code.substring(0, 40) + "…" : code;
  }

  private static <T> List<T> and(List<T> list, T more) {
    return Stream.concat(list.stream(), Stream.of(more)).toList();
  }
}
