package waybill.simulation.faults;

import waybill.simulation.faults.Call.Service;

/** How a call to a service goes wrong, as AWS and the providers are known to go wrong. */
public enum Fault {
  /** The function dies before the request goes out. */
  DIES_BEFORE,
  /** The function dies when the request has had its effect. */
  DIES_AFTER,
  /** The request never arrives, and no answer comes. */
  REQUEST_LOST,
  /** The request has its effect, and no answer comes. */
  ANSWER_LOST,
  /** No answer comes, and the request has its effect a while later. */
  LATE,
  /** The answer is lost, the client asks again by itself, and the second answer comes. */
  REPEATED,
  /** Too much at once. */
  THROTTLED,
  /** Another transaction is at the same item. */
  CONFLICTED,
  /** The function stands still for seconds, and others overtake it. */
  STALLED,
  /** Another instance does the very same just before: a message was given out twice, a client asked twice. */
  RIVALLED,
  /** Some of many are done, the others are not. */
  PARTIAL,
  /** An index does not know yet what was written last. */
  STALE;

  /** Whether the call can go wrong so. */
  boolean fits(Call call) {
    return switch (this) {
      case DIES_BEFORE, DIES_AFTER -> true;
      case REQUEST_LOST, THROTTLED -> call.service() != Service.CARRIER || this == REQUEST_LOST;
      case ANSWER_LOST, LATE -> call.writes();
      // What is sent twice in one transaction has one token; mails are asked for once; Stripe's client is set not to repeat.
      case REPEATED -> call.writes() && (call.service() == Service.SQS || call.isSingleWrite());
      case STALLED, RIVALLED -> call.writes();
      case CONFLICTED -> call.service() == Service.DYNAMODB && call.writes();
      case PARTIAL -> call.operation().equals("BatchGetItem") || call.operation().equals("SendMessageBatch");
      case STALE -> call.operation().equals("Query") && !call.index().isEmpty();
    };
  }
}
