package waybill.fulfillment.cartons;

/**
 * A unit in its box.
 *
 * @param goods which kind it is of
 * @param x from the box's corner along its length, in millimetres
 * @param size its lengths along the box's axes, as it lies
 */
public record Placement(String goods, int x, int y, int z, Size size) {}
