/** What is under {@code /local}: the switches and windows that AWS has in its console. */
package waybill.local.control;
