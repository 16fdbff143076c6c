/** What makes a simulation repeatable: time that only it moves, processes of which one runs at a time, and dice with names. */
package waybill.simulation.engine;
