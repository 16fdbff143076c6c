package waybill.simulation.faults;

import waybill.simulation.engine.Timeline;

/** What every part of a simulation has in common: its time, what goes wrong in it, and what is written down of it. */
public record Surroundings(Timeline timeline, Weather weather, Journal journal, Coverage coverage) {}
