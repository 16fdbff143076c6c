/**
 * What a capability's own tests stand on: tables in memory, queues that record, and a clock to move. The tables are a
 * {@link waybill.store.Store}, which answers each call as DynamoDB does.
 */
package waybill.workbench;
