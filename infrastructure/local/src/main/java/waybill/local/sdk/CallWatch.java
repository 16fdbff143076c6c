package waybill.local.sdk;

import java.util.Set;

/**
 * Hears of each call that an invocation makes to AWS, and decides whether it fails. Of the JDK's types alone, as it is shared by
 * class loaders that have nothing else in common.
 */
public abstract class CallWatch {
  /** Not inherited: a thread that outlives an invocation, as of a pool, would answer for one that is over. */
  private static final ThreadLocal<CallWatch> CURRENT = new ThreadLocal<>();

  /** The watch over the invocation that runs in this thread; null outside of all. */
  public static CallWatch current() {
    return CURRENT.get();
  }

  /** From now on this thread runs an invocation, or none where null. */
  public static void set(CallWatch watch) {
    CURRENT.set(watch);
  }

  /** How many times its limits a call may take: 1 as on AWS, more where the machine may stall. */
  public abstract int timeFactor();

  /**
   * A call begins.
   *
   * @param operation as the SDK names it, for example {@code PutItem}
   * @param permissions what it needs on AWS, each an action, a blank and a resource
   * @return its number within the invocation, from 1
   */
  public abstract int begins(String operation, Set<String> permissions);

  /**
   * The call's request is about to go out, for the first time or again.
   *
   * @return the kind of the failure to make up, as {@code POST /local/faults} names it; empty for none
   */
  public abstract String before(int call, String operation);

  /** The call's request had its effect. @return as {@link #before} */
  public abstract String after(int call, String operation);
}
