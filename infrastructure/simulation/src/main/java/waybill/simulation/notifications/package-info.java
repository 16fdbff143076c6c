/** Notifications: a second opinion about which mails customers get. */
package waybill.simulation.notifications;
