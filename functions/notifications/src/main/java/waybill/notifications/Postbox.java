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
import software.amazon.awssdk.services.ses.model.MessageTag;
import software.amazon.awssdk.services.ses.model.SendEmailRequest;
import waybill.messages.OrderId;
import waybill.platform.Chance;
import waybill.platform.Deadline;
import waybill.platform.Lease;
import waybill.platform.Ports;
import waybill.platform.RetryLater;
import waybill.platform.Stored;
import waybill.platform.Table;

/**
 * Sends each mail at most once. SES has no idempotency token, so a marker is claimed first, the request is made once, and its
 * end is marked. The claim is removed only if the mail certainly was not sent.
 */
final class Postbox {
  private static final String NOBODY = "";
  private static final String MAIL = "this mail";
  /** SES limits mails by the second, so waiting for a moment is often enough. */
  private static final int MOST_THROTTLED = 2;
  private static final long THROTTLED_MILLIS = 1_000;

  private final Table<Marker> markers;
  private final SesClient ses;
  private final String configurationSet;
  private final InstantSource clock;

  enum Outcome {
    SENT, SETTLED_BEFORE,
    /** Its address gets no mails. */
    SUPPRESSED,
    /** Perhaps sent, perhaps not: the caller counts it, then {@linkplain #giveUp gives it up}. */
    UNCERTAIN
  }

  /** SES refused the mail, so it was not sent; its message is retried. The text names the reason, never an address. */
  static final class NotSent extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotSent(String message) {
      super(message);
    }
  }

  Postbox(Ports ports) {
    this.markers = Markers.table(ports);
    this.ses = ports.client(SesClient.class, _ -> MailClient.create());
    this.configurationSet = ports.environment().get("MAIL_CONFIGURATION_SET");
    this.clock = ports.clock();
  }

  /**
   * @throws NotSent if SES refused the mail
   * @throws RetryLater if another attempt is under way, or SES throttled this one
   */
  Outcome post(OrderId order, String event, Email email) {
    // One for each attempt, so that an attempt recognises its own claim even if the answer to its write was lost.
    String claimant = Chance.here().newName();
    Stored<Marker> marker = markers.inserted(Marker.claimed(order, event, claimant, clock.instant()))
        .or(() -> markers.find(Marker.key(order, event))).orElseThrow(() -> new Lease.Held(MAIL));
    return switch (Mails.decide(marker.value(), claimant, clock.instant())) {
      case SEND -> send(marker, email);
      case DONE -> Outcome.SETTLED_BEFORE;
      case RETRY_LATER -> throw new Lease.Held(MAIL);
      case GIVE_UP -> Outcome.UNCERTAIN;
    };
  }

  /**
   * Nothing is sent any more. If an earlier attempt claimed the mail and crashed, whether it was sent is uncertain.
   *
   * @throws RetryLater if another attempt is under way
   */
  Outcome drop(OrderId order, String event) {
    return markers.find(Marker.key(order, event)).map(this::settled).orElse(Outcome.SETTLED_BEFORE);
  }

  private Outcome settled(Stored<Marker> marker) {
    return switch (Mails.decide(marker.value(), NOBODY, clock.instant())) {
      case SEND, DONE -> Outcome.SETTLED_BEFORE;
      case RETRY_LATER -> throw new Lease.Held(MAIL);
      case GIVE_UP -> Outcome.UNCERTAIN;
    };
  }

  /**
   * Its address gets no mails: that is marked in the place of sending it. An earlier attempt may have sent it all the same.
   *
   * @throws RetryLater if another attempt is under way
   */
  Outcome suppress(OrderId order, String event, AddressStanding address) {
    if (markers.insert(Marker.suppressed(order, event, address, clock.instant()))) {
      return Outcome.SUPPRESSED;
    }
    // Whoever claimed it may have removed its claim meanwhile: then nothing says yet why there is no mail.
    return markers.find(Marker.key(order, event)).map(this::settled).orElseThrow(() -> new Lease.Held(MAIL));
  }

  /** Whether this mail was sent will never be known; it is not tried again. */
  void giveUp(OrderId order, String event) {
    markers.change(Marker.key(order, event), found -> found.orElseThrow().uncertain(clock.instant()));
  }

  private Outcome send(Stored<Marker> claim, Email email) {
    String sesMessageId;
    try {
      sesMessageId = send(email, claim.value());
    } catch (Deadline.OutOfTime e) {
      markers.remove(claim);
      throw e;
    } catch (SdkException e) {
      if (!isNotSent(e)) {
        return Outcome.UNCERTAIN;
      }
      markers.remove(claim);
      throw refusal(e);
    }
    if (!markers.replace(claim, claim.value().sent(sesMessageId, clock.instant()))) {
      markers.change(claim.value().key(), found -> found.orElse(claim.value()).sent(sesMessageId, clock.instant()));
    }
    return Outcome.SENT;
  }

  /** @throws Deadline.OutOfTime if SES could be cut off before it answers, which would leave the mail uncertain; it was not asked */
  private String send(Email email, Marker marker) {
    for (int throttled = 0;; throttled++) {
      if (!Deadline.allows(MailClient.TIMEOUT)) {
        throw new Deadline.OutOfTime();
      }
      try {
        return ses.sendEmail(request(email, marker)).messageId();
      } catch (SdkException e) {
        if (throttled == MOST_THROTTLED || !isThrottled(e)) {
          throw e;
        }
        Chance.here().pause(THROTTLED_MILLIS);
      }
    }
  }

  private static boolean isThrottled(SdkException e) {
    return e instanceof SdkServiceException answer && answer.isThrottlingException();
  }

  /** Whether the mail certainly was not sent: SES refused it, or was never reached. */
  private static boolean isNotSent(SdkException e) {
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
    return isThrottled(e)
        ? new RetryLater("SES throttled the mail: " + reason(e))
        : new NotSent("SES refused the mail: " + reason(e));
  }

  /** SES's own text may name the customer's address, so only its code is logged. */
  private static String reason(SdkException e) {
    boolean detailed = e instanceof AwsServiceException answer && answer.awsErrorDetails() != null;
    return detailed ? ((AwsServiceException) e).awsErrorDetails().errorCode() : e.getClass().getSimpleName();
  }

  /** Tags come back with what the configuration set publishes about the mail. */
  private SendEmailRequest request(Email email, Marker marker) {
    return SendEmailRequest.builder().source(email.from())
        .configurationSetName(configurationSet)
        .tags(tag(SesReport.ORDER_TAG, marker.order().value()),
            tag(SesReport.EVENT_TAG, SesReport.tagOf(marker.event())))
        .replyToAddresses(email.replyTo() == null ? List.of() : List.of(email.replyTo()))
        .destination(it -> it.toAddresses(email.to()))
        .message(
            it -> it.subject(utf8(email.subject()))
                .body(body -> body.html(utf8(email.html())).text(utf8(email.text()))))
        .build();
  }

  private static MessageTag tag(String name, String value) {
    return MessageTag.builder().name(name).value(value).build();
  }

  private static Content utf8(String text) {
    return Content.builder().charset("UTF-8").data(text).build();
  }
}
