/**
 * What only the whole can show: orders over real HTTP, real queues and a real table store. A capability's journeys are in the folder
 * that is named as it, and share the {@link waybill.journeys.RunningCloud} of their JVM.
 */
package waybill.journeys;
