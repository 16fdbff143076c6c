package waybill.incidents;

import java.time.Instant;

/** What a person decides about an incident. */
sealed interface Resolution {

  /** How it ends by that; null if that is known already. */
  default Playbook.End end() {
    return switch (this) {
      case Wait _ -> Playbook.End.WAIT;
      case Refund _ -> Playbook.End.REFUND;
      case Reship _ -> Playbook.End.RESHIP;
      case Return _ -> Playbook.End.RETURN;
      case ClaimOf _ -> Playbook.End.CLAIM;
      case Settlement _ -> null;
    };
  }

  /** @param lookAt when it is looked at again, unless the parcel goes on before */
  record Wait(Instant lookAt) implements Resolution {}

  /** @param amount in minor units; null for what the parcel is worth @param note or null */
  record Refund(Long amount, String by, String note) implements Resolution {}

  /** What is in the parcel is sent again by another order. @param note or null */
  record Reship(String by, String note) implements Resolution {}

  /** What is in the parcel comes back. @param note or null */
  record Return(String by, String note) implements Resolution {}

  /** @param amount in minor units @param reference of the claim, as its carrier knows it @param note or null */
  record ClaimOf(long amount, String reference, String by, String note) implements Resolution {}

  /** What the carrier has decided about a claim. @param amount what it pays, in minor units; 0 if it refuses @param by who has heard it */
  record Settlement(long amount, String by) implements Resolution {}
}
