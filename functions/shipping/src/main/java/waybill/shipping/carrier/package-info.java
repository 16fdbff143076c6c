/**
 * What Waybill needs of a carrier, and nothing of any one carrier. A carrier (or a broker of carriers, such as EasyPost) is a
 * package of its own beside this one with one {@link waybill.shipping.carrier.CarrierProvider}; it sells labels
 * ({@link waybill.shipping.carrier.Carrier}), sends scans by webhook, or both. Each is held to the same contract tests.
 * CONTRIBUTING.md lists the files that a new carrier takes.
 */
package waybill.shipping.carrier;
