/**
 * From where an order ships, and what was packed. {@code PlanFulfillment} splits a released order over as few locations
 * as possible; each part is a fulfillment, which inventory then allocates or refuses. What is refused is planned again,
 * somewhere else; what is allocated is open, and a packer finds it in {@code ListFulfillments}. {@code PackFulfillment}
 * takes the parcels, exactly the units that were planned, and hands them over to the order, which approves their dispatch;
 * until it has answered, {@code ResendPacked} hands them over again. {@code CancelFulfillment} gives up what a cancelled
 * order has here, and sees to it that nothing is planned for it later.
 */
package waybill.fulfillment;
