package waybill.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import waybill.messages.ChannelId;
import waybill.messages.FulfillmentId;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.OrderId;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.Sku;
import waybill.platform.Violation;

class PackingPropertiesTest {
  private static final FulfillmentId FULFILLMENT = FulfillmentId.of(OrderId.of(new ChannelId("de-web"), "1"), 1);
  private static final Sku TEA = new Sku("TEA");

  @Property
  void howeverUnitsAreSpreadOverParcelsTheyAreAllThere(@ForAll("lines") List<LineQuantity> lines,
      @ForAll("places") List<Integer> places) {
    assertThat(Packing.check(lines, spread(lines, places))).isEmpty();
  }

  @Property
  void oneUnitLessIsMissing(@ForAll("lines") List<LineQuantity> lines, @ForAll("places") List<Integer> places) {
    List<LineQuantity> more = changedFirst(lines, 1);

    assertThat(Packing.check(more, spread(lines, places))).singleElement().satisfies(it -> {
      assertThat(it.code()).isEqualTo("missing_units");
      assertThat(it.detail()).contains(lines.getFirst().lineId().value(),
          "%d of %d".formatted(lines.getFirst().quantity(), lines.getFirst().quantity() + 1));
    });
  }

  @Property
  void oneUnitMoreIsTooMany(@ForAll("lines") List<LineQuantity> lines, @ForAll("places") List<Integer> places) {
    assertThat(Packing.check(lines, spread(changedFirst(lines, 1), places))).singleElement().satisfies(it -> {
      assertThat(it.code()).isEqualTo("too_many_units");
      assertThat(it.detail())
          .contains("%d of %d".formatted(lines.getFirst().quantity() + 1, lines.getFirst().quantity()));
    });
  }

  @Property
  void aLineOfAnotherFulfillmentIsUnknown(@ForAll("lines") List<LineQuantity> lines,
      @ForAll("places") List<Integer> places) {
    var strange = new ArrayList<>(lines);
    strange.add(new LineQuantity(new LineId("line_99"), TEA, 1));

    assertThat(Packing.check(lines, spread(strange, places))).extracting(Violation::code)
        .containsExactly("unknown_line");
  }

  private static List<LineQuantity> changedFirst(List<LineQuantity> lines, int by) {
    var changed = new ArrayList<>(lines);
    changed.set(0,
        new LineQuantity(lines.getFirst().lineId(), lines.getFirst().sku(), lines.getFirst().quantity() + by));
    return changed;
  }

  /** Puts unit after unit into the parcels that the places name, round and round. */
  private static List<Parcel> spread(List<LineQuantity> lines, List<Integer> places) {
    var parcels = new HashMap<Integer, List<LineQuantity>>();
    int unit = 0;
    for (LineQuantity line : lines) {
      var byPlace = new HashMap<Integer, Integer>();
      for (int i = 0; i < line.quantity(); i++) {
        byPlace.merge(places.get(unit++ % places.size()), 1, Integer::sum);
      }
      byPlace.forEach((place, quantity) -> parcels.computeIfAbsent(place, _ -> new ArrayList<>())
          .add(new LineQuantity(line.lineId(), line.sku(), quantity)));
    }
    return parcels.entrySet().stream()
        .map(it -> new Parcel(ParcelId.of(FULFILLMENT, it.getKey()), it.getValue(), 500, 200, 100, 50, null, null))
        .toList();
  }

  @Provide
  Arbitrary<List<LineQuantity>> lines() {
    return Combinators.combine(Arbitraries.of("TEA", "MUG", "CUP"), Arbitraries.integers().between(1, 20))
        .as((sku, quantity) -> new LineQuantity(new LineId("line_0"), new Sku(sku), quantity)).list().ofMinSize(1)
        .ofMaxSize(5).map(PackingPropertiesTest::numbered);
  }

  private static List<LineQuantity> numbered(List<LineQuantity> lines) {
    var numbered = new ArrayList<LineQuantity>();
    lines.forEach(it -> numbered.add(new LineQuantity(new LineId("line_" + numbered.size()), it.sku(), it.quantity())));
    return numbered;
  }

  @Provide
  Arbitrary<List<Integer>> places() {
    return Arbitraries.integers().between(1, 4).list().ofMinSize(1).ofMaxSize(7);
  }
}
