/** What a capability's own tests stand on: DynamoDB Local in process, queues that record, and a clock to move. */
package waybill.workbench;
