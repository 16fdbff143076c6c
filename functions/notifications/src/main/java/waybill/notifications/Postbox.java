package waybill.notifications;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.Content;
import software.amazon.awssdk.services.ses.model.SendEmailRequest;
import waybill.messages.OrderId;
import waybill.platform.Chance;
import waybill.platform.Lease;
import waybill.platform.Ports;
import waybill.platform.RetryLater;
import waybill.platform.Stored;
import waybill.platform.Table;

/**
 * Sends each mail at most once. The mail service has no key to repeat a request with, so the marker is claimed first, the
 * request is made once, and its end is marked. Only where it is certain that no mail went out is the claim given back.
 */
final class Postbox {
  private static final String NOBODY = "";
  private static final String MAIL = "this mail";

  private final Table<Marker> markers;
  private final SesClient ses;
  private final InstantSource clock;

  enum Outcome {
    SENT, SETTLED_BEFORE,
    /** Perhaps sent, perhaps not: it is to be counted, then {@linkplain #giveUp given up}. */
    UNCERTAIN
  }

  /** The mail was refused and did not go out, for sure; its message comes back. The text names the reason, never an address. */
  static final class NotSent extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotSent(String message) {
      super(message);
    }
  }

  Postbox(Ports ports) {
    this.markers = new Table<>(ports, "NOTIFICATIONS_TABLE", Marker.class, Marker::key);
    this.ses = ports.client(SesClient.class, _ -> MailClient.create());
    this.clock = ports.clock();
  }

  /**
   * @throws NotSent where the mail was refused
   * @throws RetryLater where somebody else is trying, or the mail service has no time
   */
  Outcome post(OrderId order, String event, Email email) {
    // One for each attempt, so that an attempt knows its own claim even where the answer to its write was lost.
    String claimant = Chance.here().newName();
    Stored<Marker> marker = markers.change(Marker.key(order, event),
        found -> found.orElseGet(() -> Marker.claimed(order, event, claimant, clock.instant())));
    return switch (Mails.decide(marker.value(), claimant, clock.instant())) {
      case SEND -> send(marker, email);
      case DONE -> Outcome.SETTLED_BEFORE;
      case RETRY_LATER -> throw new Lease.Held(MAIL);
      case GIVE_UP -> Outcome.UNCERTAIN;
    };
  }

  /**
   * Nothing is sent any more. Where an earlier attempt claimed the mail and died, whether it went out is uncertain.
   *
   * @throws RetryLater where somebody else is trying
   */
  Outcome drop(OrderId order, String event) {
    return markers.find(Marker.key(order, event)).map(it -> Mails.decide(it.value(), NOBODY, clock.instant()))
        .map(decision -> switch (decision) {
          case SEND, DONE -> Outcome.SETTLED_BEFORE;
          case RETRY_LATER -> throw new Lease.Held(MAIL);
          case GIVE_UP -> Outcome.UNCERTAIN;
        }).orElse(Outcome.SETTLED_BEFORE);
  }

  /** Whether this mail went out will never be known; it is not tried again. */
  void giveUp(OrderId order, String event) {
    markers.change(Marker.key(order, event), found -> found.orElseThrow().uncertain(clock.instant()));
  }

  private Outcome send(Stored<Marker> claim, Email email) {
    String sesMessageId;
    try {
      sesMessageId = ses.sendEmail(request(email)).messageId();
    } catch (SdkException e) {
      if (!isRefusal(e)) {
        return Outcome.UNCERTAIN;
      }
      markers.remove(claim);
      throw refusal(e);
    }
    markers.change(claim.value().key(), found -> found.orElse(claim.value()).sent(sesMessageId, clock.instant()));
    return Outcome.SENT;
  }

  /** Whether no mail went out, for sure: the service said no, or was never reached. */
  private static boolean isRefusal(SdkException e) {
    if (e instanceof SdkServiceException answer) {
      return answer.statusCode() >= 400 && answer.statusCode() < 500;
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      boolean isUnreached = cause instanceof ConnectException || cause instanceof NoRouteToHostException
          || cause instanceof UnknownHostException
          || cause instanceof SocketTimeoutException && "Connect timed out".equalsIgnoreCase(cause.getMessage());
      if (isUnreached) {
        return true;
      }
    }
    return false;
  }

  private static RuntimeException refusal(SdkException e) {
    boolean busy = e instanceof SdkServiceException answer && answer.isThrottlingException();
    return busy
        ? new RetryLater("the mail service has no time: " + reason(e))
        : new NotSent("the mail service refused: " + reason(e));
  }

  /** The service's own text may name the customer's address, so only its code is told. */
  private static String reason(SdkException e) {
    boolean detailed = e instanceof AwsServiceException answer && answer.awsErrorDetails() != null;
    return detailed ? ((AwsServiceException) e).awsErrorDetails().errorCode() : e.getClass().getSimpleName();
  }

  private static SendEmailRequest request(Email email) {
    return SendEmailRequest.builder().source(email.from())
        .replyToAddresses(email.replyTo() == null ? List.of() : List.of(email.replyTo()))
        .destination(it -> it.toAddresses(email.to()))
        .message(
            it -> it.subject(utf8(email.subject()))
                .body(body -> body.html(utf8(email.html())).text(utf8(email.text()))))
        .build();
  }

  private static Content utf8(String text) {
    return Content.builder().charset("UTF-8").data(text).build();
  }
}
