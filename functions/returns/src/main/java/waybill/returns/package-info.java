/**
 * What comes back. A customer or a person asks for it ({@code RequestReturn}), or its carrier brings it back unasked ({@code OpenReturn}); a channel's
 * policy or a person permits it ({@code DecideReturn}); a location counts what came ({@code ReceiveReturn}) and decides what becomes of it
 * ({@code DisposeReturn}). Permission, arrival, count, disposition and money are five facts, each with its own time. Stock and money both follow
 * from the one fact {@code ReturnDisposed}: {@code RestockReturn} of the inventory and {@code RefundReturn} of the orders each do their part once.
 *
 * <p>Instead of their money something else may be sent for units ({@code Exchanging}): an order of its own, which their worth pays for as far as it
 * does. {@code DecideExchange} is a person's word about it. See {@code infrastructure/decisions/0047-exchanges.md}.
 *
 * <p>The shop may pay the way back ({@code LabelReturn}, or by the policy): shipping buys the label, and {@code FollowReturnLabel} notes what becomes
 * of it and where its parcel is. See {@code infrastructure/decisions/0050-return-labels.md}.
 *
 * <p>What is missing, wrong or damaged, or never arrived, is claimed ({@code RequestClaim}), approved or denied ({@code DecideClaim}), and made
 * good ({@code ResolveClaim}): refunded by the order, sent again by another one, or both. {@code FollowClaims} notes what the order has answered,
 * and that a claimed parcel arrives after all. See {@code infrastructure/decisions/0046-claims.md}.
 *
 * <p>All returns and claims of an order are one item, the ledger of its units: of a line may come back what was delivered, without what is in a
 * return or claim that is live. See {@code infrastructure/decisions/0043-returns.md}.
 */
package waybill.returns;
