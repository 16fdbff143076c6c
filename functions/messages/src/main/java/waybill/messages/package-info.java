/**
 * What travels between functions: ids, quantities, money, the sealed {@link waybill.messages.Message} and the
 * {@link waybill.messages.Choreography}, which says who gets which. Nothing here knows of AWS or of JSON.
 */
package waybill.messages;
