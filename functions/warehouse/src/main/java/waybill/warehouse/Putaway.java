package waybill.warehouse;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import waybill.catalog.Product;

/**
 * Where units are to be put away. First beside the same product and lot, then into the empty bins of their storage type, those of their zone first; in
 * each case as somebody walks through the building. Whatever fits nowhere is left over, with the reason. Different products are never proposed for one
 * bin, and the room of a bin is looked at again when units are put there: a proposal keeps nothing free.
 *
 * @param storageType which bins are for such goods; null for any
 * @param zone which part of the building is the best for it, by how often it is picked for example; null for any
 * @param heightMm how high what carries the units is, which is then not taken apart; null if they stand by themselves
 */
record Putaway(Product product, int quantity, String storageType, String zone, Integer heightMm) {

  /** Why a bin is proposed. */
  enum Reason {
    SAME_PRODUCT_AND_LOT, EMPTY_IN_ZONE, EMPTY
  }

  /** Why units are left over. */
  enum Overflow {
    /** There is no unlocked bin of their storage type. */
    NO_BIN,
    /** They are higher than each of those. */
    TOO_HIGH,
    /** Each that is high enough is full, or holds something else. */
    FULL
  }

  record Place(BinId bin, int quantity, Reason reason) {}

  /** @param overflow why units are left over; null if none are */
  record Proposal(List<Place> places, int left, Overflow overflow) {}

  /**
   * How many of the units at the dock are packed from there.
   *
   * @param inBins those that are put away, of which orders are picked first
   * @param allocated what open orders of the location are to be packed of
   */
  static long crossDock(long atDock, long inBins, long allocated) {
    return Math.clamp(allocated - inBins, 0, Math.max(0, atDock));
  }

  /**
   * @param bins of the location
   * @param loads of those in which there was ever something
   * @param same those in which the same product and lot lies
   * @param others those in which anything else lies
   */
  Proposal propose(List<Bin> bins, Map<BinId, BinLoad> loads, Set<BinId> same, Set<BinId> others) {
    List<Bin> suitable = bins.stream().filter(this::isFor).sorted(byWalk()).toList();
    List<Bin> high = suitable.stream().filter(this::isHighEnough).toList();
    var places = new ArrayList<Place>();
    int left = quantity;
    left = fill(high, it -> same.contains(it.bin()) && !others.contains(it.bin()), _ -> Reason.SAME_PRODUCT_AND_LOT,
        loads, left, places);
    List<Bin> empty = high.stream().filter(it -> !same.contains(it.bin()) && !others.contains(it.bin()))
        .sorted(comparing((Bin it) -> !isInZone(it)).thenComparing(byWalk())).toList();
    left = fill(empty, _ -> true, it -> isInZone(it) ? Reason.EMPTY_IN_ZONE : Reason.EMPTY, loads, left, places);
    return new Proposal(List.copyOf(places), left, left == 0 ? null : overflow(suitable, high));
  }

  private int fill(List<Bin> bins, Predicate<Bin> takes, java.util.function.Function<Bin, Reason> reason,
      Map<BinId, BinLoad> loads, int wanted, List<Place> places) {
    int left = wanted;
    for (Bin bin : bins) {
      if (left > 0 && takes.test(bin)) {
        int room = loads.getOrDefault(bin.bin(), BinLoad.none(bin.locationId(), bin.bin())).room(bin, product, left);
        if (room > 0 && (heightMm == null || room == left)) {
          places.add(new Place(bin.bin(), room, reason.apply(bin)));
          left -= room;
        }
      }
    }
    return left;
  }

  private boolean isFor(Bin bin) {
    return (bin.purpose() == Bin.Purpose.PICK || bin.purpose() == Bin.Purpose.BULK) && !bin.locked()
        && (storageType == null || storageType.equals(bin.storageType()));
  }

  private boolean isHighEnough(Bin bin) {
    int height = heightMm == null ? product.heightMm() : heightMm;
    return bin.maximumHeightMm() == null || height <= bin.maximumHeightMm();
  }

  private boolean isInZone(Bin bin) {
    return zone != null && zone.equals(bin.zone());
  }

  private static Comparator<Bin> byWalk() {
    return comparing(Bin::walkingSequence).thenComparing(Bin::bin);
  }

  private static Overflow overflow(List<Bin> suitable, List<Bin> high) {
    return suitable.isEmpty() ? Overflow.NO_BIN : high.isEmpty() ? Overflow.TOO_HIGH : Overflow.FULL;
  }
}
