/**
 * How an order can be delivered, before it is placed. {@code QuoteDelivery} answers a checkout: from which locations it would ship, on which day
 * they dispatch it, and when each of the channel's methods delivers it for how much. What it answers is kept for a while, so that an
 * order can name one of the options and has its price, its method and its days. What delays many parcels at once is reported here ({@code ReportDisruption}).
 */
package waybill.options;
