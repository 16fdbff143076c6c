/**
 * What a parcel needs to cross a customs border, checked before its label is paid. The rules are pure; each that has a first or a last
 * day is in {@link waybill.shipping.customs.CustomsRules} with its source, so a day decides which of them hold.
 */
package waybill.shipping.customs;
