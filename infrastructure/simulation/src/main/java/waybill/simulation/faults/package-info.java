/** What can go wrong at each call of a function, how often it does, and what was met of it. A new fault is a constant of Fault. */
package waybill.simulation.faults;
