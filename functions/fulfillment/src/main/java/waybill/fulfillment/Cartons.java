package waybill.fulfillment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import waybill.catalog.BoxId;
import waybill.catalog.ParcelPrice;
import waybill.catalog.Product;
import waybill.catalog.Requirement;
import waybill.catalog.ShippingBox;
import waybill.fulfillment.cartons.Box;
import waybill.fulfillment.cartons.CartonChoice;
import waybill.fulfillment.cartons.CartonChoice.Objective;
import waybill.fulfillment.cartons.Effort;
import waybill.fulfillment.cartons.Goods;
import waybill.fulfillment.cartons.PackedBox;
import waybill.fulfillment.cartons.PackingCheck;
import waybill.fulfillment.cartons.Placement;
import waybill.fulfillment.cartons.Proposal;
import waybill.fulfillment.cartons.Proposal.Impossible;
import waybill.fulfillment.cartons.Proposal.Packed;
import waybill.fulfillment.cartons.Size;
import waybill.fulfillment.cartons.Tariff;
import waybill.fulfillment.cartons.Turns;
import waybill.messages.LineQuantity;
import waybill.messages.Sku;
import waybill.platform.Outcome;
import waybill.platform.Refused;

/** Which boxes a fulfillment's units are proposed to go into, as the API shows them. */
final class Cartons {
  /** More are packed into pallets and rolls, not into boxes that somebody chooses while a person waits. */
  static final int MOST_UNITS = 200;
  private static final int SUPPORT_PERCENT = 75;

  private final List<LineQuantity> lines;
  private final Map<Sku, Product> products;
  private final Map<String, Sku> skus = new LinkedHashMap<>();

  private Cartons(List<LineQuantity> lines, Map<Sku, Product> products) {
    this.lines = lines;
    this.products = products;
    lines.forEach(it -> skus.put(it.lineId().value(), it.sku()));
  }

  /**
   * The packing that was proved; refused if units, boxes or their measures do not allow one.
   *
   * @param left how many of a box there are; of others there are always enough
   * @param price null if only boxes cost
   */
  static Outcome<Packed> propose(List<LineQuantity> lines, Map<Sku, Product> products, List<ShippingBox> boxes,
      Map<BoxId, Integer> left, ParcelPrice price, Objective objective) {
    return new Cartons(lines, products).propose(boxes, left, price, objective);
  }

  private Outcome<Packed> propose(List<ShippingBox> all, Map<BoxId, Integer> left, ParcelPrice price,
      Objective objective) {
    List<ShippingBox> boxes = all.stream().filter(it -> left.getOrDefault(it.id(), 1) > 0).toList();
    List<Sku> unmeasured = lines.stream().map(LineQuantity::sku).distinct().filter(it -> !isMeasured(it)).toList();
    if (lines.isEmpty() || lines.stream().mapToLong(LineQuantity::quantity).sum() > MOST_UNITS) {
      return Refused.conflict("not_boxed", "boxes are proposed for 1 to %d units".formatted(MOST_UNITS)).outcome();
    }
    if (!unmeasured.isEmpty()) {
      return Refused.conflict("not_measured", "the catalog has no weight or size of " + unmeasured).outcome();
    }
    if (boxes.isEmpty()) {
      return Refused.conflict("no_boxes", "its location has no boxes, or none left: put or count some, or pack without")
          .outcome();
    }
    List<Goods> goods = lines.stream().map(this::goods).toList();
    Proposal proposal = CartonChoice.choose(goods, boxes.stream().map(it -> box(it, left.get(it.id()))).toList(),
        tariff(price), objective,
        SUPPORT_PERCENT, Effort.QUICK);
    return switch (proposal) {
      case Packed it -> Outcome.of(verified(goods, it));
      case Impossible it -> refused(it);
    };
  }

  private boolean isMeasured(Sku sku) {
    Product it = products.get(sku);
    return it != null && it.weightGrams() > 0 && it.lengthMm() > 0 && it.widthMm() > 0 && it.heightMm() > 0;
  }

  private Goods goods(LineQuantity line) {
    Product it = products.get(line.sku());
    boolean upright = it.requires().contains(Requirement.KEEP_UPRIGHT);
    return new Goods(line.lineId().value(), new Size(it.lengthMm(), it.widthMm(), it.heightMm()), it.weightGrams(),
        line.quantity(), upright ? Turns.UPRIGHT : Turns.ANY, it.requires().contains(Requirement.NO_STACKING),
        it.requires().contains(Requirement.HAZMAT) ? "hazmat" : "",
        it.requires().contains(Requirement.ONE_BOX) ? line.sku().value() : "");
  }

  private static Box box(ShippingBox it, Integer left) {
    return new Box(it.id().value(), new Size(it.innerLengthMm(), it.innerWidthMm(), it.innerHeightMm()),
        new Size(it.lengthMm(), it.widthMm(), it.heightMm()), it.weightGrams(), it.maximumWeightGrams(), it.cost(),
        left);
  }

  private static Tariff tariff(ParcelPrice it) {
    return it == null
        ? Tariff.NONE
        : new Tariff(it.amount(), it.amountPerStep(), it.stepGrams(),
            it.dimensionalDivisor() == null ? 0 : it.dimensionalDivisor());
  }

  /** A packing that cannot be is never shown to a packer. */
  private static Packed verified(List<Goods> goods, Packed packed) {
    List<String> faults = PackingCheck.faults(goods, packed.boxes(), SUPPORT_PERCENT);
    if (!faults.isEmpty()) {
      throw new IllegalStateException("a packing is unsound: " + faults);
    }
    return packed;
  }

  private Outcome<Packed> refused(Impossible it) {
    List<Sku> of = it.goods().stream().map(skus::get).distinct().toList();
    return switch (it.reason()) {
      case TOO_LARGE -> Refused.conflict("too_large", "fits into no box of its location: " + of).outcome();
      case TOO_HEAVY -> Refused.conflict("too_heavy", "is too heavy for every box of its location: " + of).outcome();
      case NOT_TOGETHER -> Refused.conflict("not_together", "no box holds all that must be in one, of " + of).outcome();
      case BOXES_LACKING -> Refused.conflict("no_boxes", "there are too few boxes for " + of).outcome();
    };
  }

  /** As the API shows it. */
  static Map<String, Object> tree(List<LineQuantity> lines, Objective objective, Packed packed) {
    var cartons = new Cartons(lines, Map.of());
    var tree = new LinkedHashMap<String, Object>();
    tree.put("objective", objective.name().toLowerCase(java.util.Locale.ROOT));
    tree.put("cost", packed.cost());
    tree.put("fewest_possible", packed.fewest());
    tree.put("boxes", packed.boxes().stream().map(cartons::tree).toList());
    return tree;
  }

  private Map<String, Object> tree(PackedBox it) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("box_id", it.box().id());
    tree.put("weight_grams", it.grams());
    tree.put("length_mm", it.box().outer().length());
    tree.put("width_mm", it.box().outer().width());
    tree.put("height_mm", it.box().outer().height());
    tree.put("cost", it.cost());
    tree.put("left", it.box().stock());
    Map<String, Integer> units = it.units();
    var held = new ArrayList<Map<String, Object>>();
    skus.forEach((line, sku) -> {
      if (units.containsKey(line)) {
        var of = new LinkedHashMap<String, Object>();
        of.put("line_id", line);
        of.put("sku", sku.value());
        of.put("quantity", units.get(line));
        held.add(of);
      }
    });
    tree.put("lines", held);
    tree.put("placements", it.placements().stream().map(Cartons::tree).toList());
    return tree;
  }

  private static Map<String, Object> tree(Placement it) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("line_id", it.goods());
    tree.put("x_mm", it.x());
    tree.put("y_mm", it.y());
    tree.put("z_mm", it.z());
    tree.put("length_mm", it.size().length());
    tree.put("width_mm", it.size().width());
    tree.put("height_mm", it.size().height());
    return tree;
  }
}
