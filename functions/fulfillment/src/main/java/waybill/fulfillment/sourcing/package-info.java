/** The rule by which an order's locations are chosen, and what it says of each: pure, so that a quote, a plan and a trial of other rules use the same. */
package waybill.fulfillment.sourcing;
