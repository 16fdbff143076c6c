package waybill.incidents;

import java.time.Duration;
import java.util.Set;
import waybill.messages.IncidentKind;

/**
 * What each kind of incident means to people.
 *
 * @param acts who is to act first
 * @param ends how a person may end it
 * @param informs whether its customer gets a mail about it; a failed delivery has a mail of its own, and the others are no news to them
 */
record Playbook(Acts acts, Set<End> ends, boolean informs) {
  /** An incident that nobody has acted on for so long is reported. */
  static final Duration REMINDER = Duration.ofDays(3);

  /** Who is to act. */
  enum Acts {
    CARRIER, SHOP, WAREHOUSE, CUSTOMER
  }

  /** How a person may end an incident. To wait is no end, but a later look. */
  enum End {
    WAIT, RESHIP, REFUND, RETURN, CLAIM
  }

  static Playbook of(IncidentKind kind) {
    return switch (kind) {
      case NOT_HANDED_OVER -> new Playbook(Acts.WAREHOUSE, Set.of(End.WAIT, End.REFUND), false);
      case SILENT -> new Playbook(Acts.CARRIER, Set.of(End.WAIT, End.REFUND, End.CLAIM), true);
      case LATE -> new Playbook(Acts.CARRIER, Set.of(End.WAIT, End.REFUND), true);
      case DELIVERY_FAILED -> new Playbook(Acts.CARRIER, Set.of(End.WAIT, End.REFUND), false);
      case ON_HOLD -> new Playbook(Acts.SHOP, Set.of(End.WAIT, End.REFUND), false);
      case REFUSED -> new Playbook(Acts.SHOP, Set.of(End.WAIT, End.RESHIP, End.REFUND, End.RETURN), false);
      case DAMAGED -> new Playbook(Acts.SHOP, Set.of(End.WAIT, End.RESHIP, End.REFUND, End.RETURN, End.CLAIM), false);
      case UNCOLLECTED -> new Playbook(Acts.CUSTOMER, Set.of(End.WAIT, End.REFUND), true);
      case LOST -> new Playbook(Acts.SHOP, Set.of(End.WAIT, End.RESHIP, End.REFUND, End.CLAIM), true);
      case RETURNED -> new Playbook(Acts.SHOP, Set.of(End.WAIT, End.RESHIP, End.REFUND, End.RETURN), true);
    };
  }

  /** Incidents that this one makes pointless: what is lost is not late any more. */
  static Set<IncidentKind> superseded(IncidentKind by) {
    return switch (by) {
      case LOST -> Set.of(IncidentKind.SILENT, IncidentKind.LATE, IncidentKind.DELIVERY_FAILED,
          IncidentKind.ON_HOLD);
      case RETURNED ->
        Set.of(IncidentKind.SILENT, IncidentKind.LATE, IncidentKind.DELIVERY_FAILED, IncidentKind.ON_HOLD,
            IncidentKind.REFUSED, IncidentKind.UNCOLLECTED, IncidentKind.LOST, IncidentKind.NOT_HANDED_OVER);
      case NOT_HANDED_OVER, SILENT, LATE, DELIVERY_FAILED, ON_HOLD, REFUSED, UNCOLLECTED, DAMAGED -> Set.of();
    };
  }
}
