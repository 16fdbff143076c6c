package waybill.inventory;

import java.time.LocalDate;
import java.util.Optional;
import waybill.messages.ExpiryDate;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.Sku;
import waybill.platform.Ports;
import waybill.platform.Violation;

/** Reads what may be swapped for what. It is what was so a moment ago: only {@code CorrectStock} decides. */
public final class SwappableLots {
  private final LotSwaps swaps;

  public SwappableLots(Ports ports) {
    this.swaps = new LotSwaps(ports);
  }

  /** A lot that a packer has found. */
  public static final class FoundLot {
    private final LyingLot lying;

    private FoundLot(LyingLot lying) {
      this.lying = lying;
    }

    /** Why none of it may leave. @param at the field that names it */
    public Optional<Violation> unfit(String at) {
      return lying.unfit(at);
    }

    /** The same, for a customer who has it on that day. @param arrivesOn null if nobody knows when */
    public Optional<Violation> unfit(String at, LocalDate arrivesOn) {
      return lying.unfit(at, arrivesOn);
    }

    /** That too little of it is to be had. */
    public Violation lacking(String at, int wanted) {
      return lying.lacking(at, wanted);
    }

    public int free() {
      return Math.toIntExact(lying.free());
    }

    /** Whether it may be given to another fulfillment: nothing is wrong with it, and all of it is there. */
    public boolean mayBeGiven() {
      return lying.unfit("").isEmpty() && !lying.isShort();
    }

    /** @return null if the product does not expire */
    public ExpiryDate expiresOn() {
      return lying.expiresOn();
    }
  }

  public FoundLot find(Sku sku, LocationId location, LotNumber lot) {
    return new FoundLot(swaps.lying(sku, location, lot));
  }
}
