/** The template, deployed in one process: its functions, queues and routes, and AWS as the functions call it. */
package waybill.simulation.cloud;
