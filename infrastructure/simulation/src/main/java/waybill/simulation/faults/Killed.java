package waybill.simulation.faults;

/** Thrown through a function that dies: no handler of ours catches an error. */
public final class Killed extends Error {
  private static final long serialVersionUID = 1;

  Killed() {
    super(null, null, false, false);
  }
}
