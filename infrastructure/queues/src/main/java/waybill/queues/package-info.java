/**
 * SQS's standard queues in memory: {@link waybill.queues.LocalSqs} implements the SDK's client, so that callers in the same process
 * need no HTTP, and {@code waybill.wire} serves it to the others. A {@link waybill.queues.Journal} keeps what must outlive the process.
 */
package waybill.queues;
