/**
 * What goes wrong on the way to the doorstep. {@code WatchParcel} keeps for each parcel what its carrier said last, and by when it must say
 * more; {@code CheckParcels} looks at those whose time is over. A parcel that is silent, late, lost, not collected or on its way back has
 * an incident, one of each kind, which says who acts and ends in one of few ways: it ends itself if the parcel goes on, or a person
 * waits, refunds or claims ({@code ResolveIncident}). Its customer hears of it once. An incident decides nothing about the order: a refund is
 * asked of the order, which grants or refuses it. {@code RedateParcels} gives the parcels that a disruption delays their new day.
 */
package waybill.incidents;
