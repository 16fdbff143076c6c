package waybill.simulation;

/** What every part of a simulation has in common: its time, what goes wrong in it, and what is written down of it. */
record Surroundings(Timeline timeline, Weather weather, Journal journal, Coverage coverage) {}
