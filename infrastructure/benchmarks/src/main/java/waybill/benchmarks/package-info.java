/**
 * What an order costs and how fast it goes, measured on the embedded cloud. Each figure is one line: name, value, unit and
 * goal. Machines differ, so what is a time is a yardstick for comparing two runs on one machine; write units are exact.
 */
package waybill.benchmarks;
