/**
 * What travels between functions: ids, quantities, money, the sealed {@link waybill.messages.Message}, declared flow by flow, and the
 * {@link waybill.messages.Choreography}, which declares what each function receives and sends. Nothing here knows of AWS or JSON.
 */
package waybill.messages;
