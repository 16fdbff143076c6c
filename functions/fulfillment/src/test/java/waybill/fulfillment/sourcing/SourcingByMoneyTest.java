package waybill.fulfillment.sourcing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import waybill.fulfillment.sourcing.Bill.Source;
import waybill.fulfillment.sourcing.Bill.Terms;
import waybill.fulfillment.sourcing.Sourced.Verdict;
import waybill.fulfillment.sourcing.Sourced.Weighed;
import waybill.fulfillment.sourcing.Sourcing.Found;
import waybill.fulfillment.sourcing.Sourcing.Part;
import waybill.fulfillment.sourcing.Sourcing.Waiting;
import waybill.fulfillment.sourcing.Splitting.KitOf;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.platform.Json;

/** Berlin, Leipzig and Cologne send parcels for 4.50, 4.90 and 5.60; each parcel beyond the first costs 1.20 more; they take 1, 1 and 2 days. */
class SourcingByMoneyTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 12, 1);
  private static final LineQuantity TWO_TEAS = line(0, "TEA", 2);
  private static final LineQuantity A_MUG = line(1, "MUG", 1);

  private final Map<Sku, Map<LocationId, Integer>> free = new HashMap<>();
  private final Map<String, Source> sources = new HashMap<>(Map.of("ber", source("ber", 450, 1), "lej",
      source("lej", 490, 1), "cgn", source("cgn", 560, 2)));

  private Map<Sku, String> tariffs = Map.of();

  private static Source source(String location, long cost, int days) {
    return new Source(new LocationId(location), false, cost, TODAY.plusDays(days), 0);
  }

  private static LineQuantity line(int number, String sku, int quantity) {
    return new LineQuantity(new LineId("line_" + number), new Sku(sku), quantity);
  }

  private void holds(String location, int teas, int mugs) {
    free.computeIfAbsent(new Sku("TEA"), _ -> new HashMap<>()).put(new LocationId(location), teas);
    free.computeIfAbsent(new Sku("MUG"), _ -> new HashMap<>()).put(new LocationId(location), mugs);
  }

  private void isFull(String location) {
    sources.computeIfPresent(location,
        (_, it) -> new Source(it.location(), true, it.parcelCost(), it.arrives().plusDays(1), it.keepBack()));
  }

  private void keepsBack(String location, int units) {
    sources.computeIfPresent(location,
        (_, it) -> new Source(it.location(), it.full(), it.parcelCost(), it.arrives(), units));
  }

  /** @param days in how many days it was promised; null if it was not */
  private Found plan(Integer days, LineQuantity... lines) {
    return (Found) plan(days, Splitting.ANY, lines);
  }

  private Sourcing.Outcome plan(Integer days, Splitting splitting, LineQuantity... lines) {
    var terms = new Terms(days == null ? null : TODAY.plusDays(days), 120, "EUR", splitting, tariffs);
    return Sourcing.plan(List.of(lines), free, List.copyOf(sources.values()), terms);
  }

  /** An order of so much, of which a parcel more may cost 26 in a hundred; each unit is worth as much as another. */
  private static Splitting worth(long value, boolean waits) {
    return new Splitting(of -> value * of.stream().mapToInt(LineQuantity::quantity).sum() / 3 * 26 / 100, waits,
        List.of());
  }

  private static List<String> from(Found found) {
    return found.parts().stream().map(it -> it.location().value()).toList();
  }

  private static Weighed weighed(Found found, String location) {
    return found.sourced().weighed().stream().filter(it -> it.location().value().equals(location)).findFirst()
        .orElseThrow();
  }

  private static List<Object> words(Found found) {
    return ((List<?>) SourcingWords.tree(found.sourced()).get("locations")).stream().map(Json::object)
        .map(it -> it.get("reason")).toList();
  }

  private void teaAndMug() {
    holds("ber", 2, 0);
    holds("lej", 0, 5);
    holds("cgn", 5, 5);
  }

  @Test
  void oneParcelFromAfarIsCheaperThanTwoFromNearby() {
    teaAndMug();
    Found found = plan(2, TWO_TEAS, A_MUG);

    assertThat(from(found)).containsExactly("cgn");
    assertThat(found.sourced().cost()).isEqualTo(560);
    assertThat(weighed(found, "ber")).isEqualTo(
        new Weighed(new LocationId("ber"), Verdict.COSTS_MORE, 500L, TODAY.plusDays(1)));
    assertThat(words(found)).containsExactly("With it the parcels would cost €5.00 more.",
        "Ships all of it for €5.60, there on 2026-12-03, as promised.", "With it the parcels would cost €5.00 more.");
  }

  @Test
  void aPromiseIsWorthMoreThanMoney() {
    teaAndMug();
    Found found = plan(1, TWO_TEAS, A_MUG);

    assertThat(from(found)).containsExactly("ber", "lej");
    assertThat(found.sourced().cost()).as("two parcels and the handling of the second").isEqualTo(1060);
    assertThat(words(found)).containsExactly("Ships one of 2 parcels for €4.50, there on 2026-12-02, as promised.",
        "With it the order would come one day later.",
        "Ships one of 2 parcels for €4.90, there on 2026-12-02, as promised.");
  }

  @Test
  void whatCannotBeKeptIsMissedByAsLittleAsCanBe() {
    teaAndMug();
    Found found = plan(0, TWO_TEAS, A_MUG);

    assertThat(from(found)).containsExactly("ber", "lej");
    assertThat(words(found)).first()
        .isEqualTo(
            "Ships one of 2 parcels for €4.50, there on 2026-12-02, later than promised: no other way is sooner.");
  }

  @Test
  void aLocationWithEnoughOrdersForTodayIsSparedWhateverTheOthersCost() {
    teaAndMug();
    isFull("cgn");
    Found found = plan(null, TWO_TEAS, A_MUG);

    assertThat(from(found)).containsExactly("ber", "lej");
    assertThat(weighed(found, "cgn").verdict()).isEqualTo(Verdict.FULL);
    holds("lej", 0, 0);
    assertThat(from(plan(null, TWO_TEAS, A_MUG))).as("none else has it").containsExactly("cgn");
  }

  @Test
  void stockThatOnlyTheSumHasIsNeverRefused() {
    holds("ber", 2, 0);
    holds("cgn", 5, 0);
    Found found = plan(2, line(0, "TEA", 6));

    assertThat(from(found)).containsExactly("ber", "cgn");
    assertThat(found.sourced().cost()).isEqualTo(1130);
    assertThat(found.parts().stream().map(Part::lines).flatMap(List::stream).mapToInt(LineQuantity::quantity).sum())
        .isEqualTo(6);
  }

  @Test
  void whatALocationKeepsBackIsTakenLast() {
    holds("ber", 2, 0);
    holds("cgn", 2, 0);
    keepsBack("ber", 2);
    Found found = plan(2, TWO_TEAS);

    assertThat(from(found)).as("Berlin is cheaper").containsExactly("cgn");
    assertThat(weighed(found, "ber").verdict()).isEqualTo(Verdict.KEPT_BACK);
    assertThat(words(found)).first().isEqualTo("Keeps back what it holds.");
    holds("cgn", 1, 0);
    assertThat(from(plan(2, TWO_TEAS))).as("it is promised, and nowhere else").containsExactly("ber");
  }

  @Test
  void moneyCountsOnlyIfEachPriceIsKnown() {
    teaAndMug();
    sources.put("hamburg", Source.plain(new LocationId("hamburg")));
    holds("hamburg", 1, 0);
    Found found = plan(null, TWO_TEAS, A_MUG);

    assertThat(from(found)).as("one parcel").containsExactly("cgn");
    assertThat(found.sourced().cost()).isNull();
    assertThat(weighed(found, "ber")).extracting(Weighed::verdict, Weighed::amount)
        .containsExactly(Verdict.MORE_PARCELS, 1L);
    assertThat(words(found)).first().isEqualTo("With it there would be one parcel more.");
  }

  @Test
  void equalLocationsSayWhatDecided() {
    sources.put("ham", source("ham", 450, 1));
    holds("ber", 5, 0);
    holds("ham", 9, 0);
    Found found = plan(null, line(0, "TEA", 1));
    assertThat(from(found)).containsExactly("ham");
    assertThat(weighed(found, "ber")).extracting(Weighed::verdict, Weighed::amount)
        .containsExactly(Verdict.LEAVES_LESS, 4L);
    holds("ber", 9, 0);
    Found same = plan(null, line(0, "TEA", 1));
    assertThat(weighed(same, "ham").verdict()).isEqualTo(Verdict.AS_GOOD);
    sources.put("muc", source("muc", 0, 1));
    holds("muc", 3, 0);
    sources.keySet().retainAll(List.of("muc"));
    assertThat(plan(null, line(0, "TEA", 1)).sourced()).as("nothing to choose").isNull();
  }

  @Test
  void anOrderIsNotSplitIfAPartOfItIsNotWorthItsParcel() {
    holds("ber", 2, 0);
    holds("lej", 0, 5);
    sources.remove("cgn");

    var waiting = (Waiting) plan(2, worth(1500, true), TWO_TEAS, A_MUG);
    assertThat(waiting.sourced().waits()).isTrue();
    assertThat(waiting.sourced().weighed()).extracting(Weighed::verdict).containsExactly(Verdict.WAITS, Verdict.WAITS);
    assertThat(SourcingWords.tree(waiting.sourced()).get("locations").toString()).contains(
        "Would ship a part that is not worth a parcel of its own: it waits for one place with all of it.");
    assertThat(from((Found) plan(2, worth(1500, false), TWO_TEAS, A_MUG))).as("it has waited long enough")
        .containsExactly("ber", "lej");
    assertThat(from((Found) plan(2, worth(15_000, true), TWO_TEAS, A_MUG)))
        .as("the mug of 50.00 allows 13.00, and its parcel costs 6.10").containsExactly("ber", "lej");
  }

  @Test
  void oneParcelThatComesLateIsTakenForASplitThatIsNotWorthIt() {
    teaAndMug();

    Found found = (Found) plan(1, worth(1500, true), TWO_TEAS, A_MUG);

    assertThat(from(found)).as("the promise is for tomorrow, which only Berlin and Leipzig keep")
        .containsExactly("cgn");
    assertThat(words(found)).containsExactly("With it a part would ship that is not worth a parcel of its own.",
        "Ships all of it for €5.60, there on 2026-12-03, later than promised: no other way is sooner.",
        "With it a part would ship that is not worth a parcel of its own.");
    assertThat(from((Found) plan(1, worth(15_000, true), TWO_TEAS, A_MUG))).containsExactly("ber", "lej");
  }

  @Test
  void customsAskForEachTariffNumberOfEachParcelSoWhatIsAlikeComesInOne() {
    tariffs = Map.of(new Sku("TEA"), "090230", new Sku("MUG"), "691200", new Sku("CUP"), "691200");
    sources.replaceAll((_, it) -> new Source(it.location(), false, it.parcelCost(), it.arrives(), 0, null, 300));
    holds("ber", 9, 0);
    holds("lej", 0, 5);
    free.put(new Sku("CUP"), new HashMap<>(Map.of(new LocationId("ber"), 5, new LocationId("lej"), 5)));
    sources.remove("cgn");
    LineQuantity cup = line(2, "CUP", 1);

    Found found = plan(null, TWO_TEAS, A_MUG, cup);
    assertThat(found.parts()).extracting(Part::lines)
        .as("Berlin has cups, too, and they would cost 3.00 more from there")
        .containsExactly(List.of(TWO_TEAS), List.of(A_MUG, cup));
    assertThat(found.sourced().cost()).as("two parcels, one more, two duties").isEqualTo(450 + 490 + 120 + 600);
    assertThat(weighed(found, "lej").amount()).isEqualTo(790);

    sources.put("bas", new Source(new LocationId("bas"), false, 1500L, TODAY.plusDays(1), 0, null, 0));
    holds("bas", 2, 1);
    free.get(new Sku("CUP")).put(new LocationId("bas"), 1);
    assertThat(from(plan(null, TWO_TEAS, A_MUG, cup))).as("its parcel is dear, and nobody asks for duties")
        .containsExactly("bas");
  }

  @Test
  void aKitShipsOnlyFromWhereAllOfItsComponentsAre() {
    LineQuantity[] kits = {component(1, "TEA", 4), component(2, "MUG", 2), component(3, "CUP", 2)};
    var kit = new Splitting(null, false,
        List.of(new KitOf(Map.of(kits[0].lineId(), 2, kits[1].lineId(), 1, kits[2].lineId(), 1))));
    sources.put("cgn", source("cgn", 1200, 2));
    holds("ber", 4, 0);
    holds("lej", 0, 5);
    holds("cgn", 5, 5);
    free.put(new Sku("CUP"), new HashMap<>(Map.of(new LocationId("lej"), 5, new LocationId("cgn"), 5)));

    Found found = (Found) plan(null, kit, kits);
    assertThat(from(found)).as("two parcels would cost 1.40 less").containsExactly("cgn");
    assertThat(words(found)).first().isEqualTo("With it a kit would come from two places.");

    holds("cgn", 2, 5);
    holds("lej", 2, 5);
    Found oneEach = (Found) plan(null, kit, kits);
    assertThat(from(oneEach)).containsExactly("cgn", "lej");
    assertThat(oneEach.parts()).allSatisfy(
        part -> assertThat(part.lines()).extracting(LineQuantity::quantity).containsExactly(2, 1, 1));

    holds("cgn", 0, 5);
    holds("lej", 0, 5);
    assertThat(from((Found) plan(null, kit, kits))).as("no place has a whole one, and it is promised")
        .containsExactly("ber", "lej");
  }

  private static LineQuantity component(int number, String sku, int quantity) {
    return new LineQuantity(new LineId("line_1").component(number), new Sku(sku), quantity);
  }

  @Test
  void aDearLocationIsLeftForTwoCheapOnes() {
    sources.put("cgn", source("cgn", 1200, 1));
    teaAndMug();
    Found found = plan(null, TWO_TEAS, A_MUG);

    assertThat(from(found)).containsExactly("ber", "lej");
    assertThat(weighed(found, "cgn")).extracting(Weighed::verdict, Weighed::amount)
        .containsExactly(Verdict.COSTS_MORE, 140L);
  }

  @Test
  void thePartsAreInTheOrderOfTheLocations() {
    var parts = new ArrayList<String>();
    teaAndMug();
    plan(1, A_MUG, TWO_TEAS).parts().forEach(it -> parts.add(it.location() + " " + it.lines().getFirst().sku()));
    assertThat(parts).containsExactly("ber TEA", "lej MUG");
  }
}
