/**
 * Which boxes an order is packed into, and where each unit lies: pure rules over millimetres, grams and minor units. {@code CartonChoice}
 * proposes boxes by what they cost until they are at the customer's, or as few as possible; {@code Bounds} says how few would be too few;
 * {@code PackingCheck}, which shares nothing with them, verifies every proposal.
 */
package waybill.fulfillment.cartons;
