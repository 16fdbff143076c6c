package waybill.notifications;

import module java.base;
import waybill.messages.Choreography.RecordMailFeedback;
import waybill.messages.EventMessages.OrderChanged;
import waybill.messages.EventType;
import waybill.platform.*;
import waybill.platform.Log.Metric;

/**
 * What SES reports about mails: an address that a mail comes back from for good, or whose reader complains, gets no more of them, and
 * the order shows what became of its mail.
 */
public record RecordMailFeedbackHandler(Addresses addresses, Markers markers, Sender<RecordMailFeedback.Output> sender)
    implements OutsideFunction<MailFeedback> {
  private static final Log LOG = Log.of(RecordMailFeedbackHandler.class);

  public RecordMailFeedbackHandler() { this(Ports.ofProcess()); }

  public RecordMailFeedbackHandler(Ports ports) { this(new Addresses(ports), new Markers(ports), new Sender<>(ports)); }

  @Override
  public MailFeedback read(String body) {
    return SesReport.read(body);
  }

  @Override
  public void work(MailFeedback news) {
    if (news.kind() == MailFeedback.Kind.PASSED_OVER) {
      LOG.info("Mail report passed over", "type", news.detail());
      return;
    }
    news.addresses().forEach(it -> record(it, news));
    if (news.order() == null || news.event() == null) {
      LOG.warn("Mail report names no order", "kind", news.kind(), "ses_message_id", news.sesMessageId());
    } else {
      markers.mark(news).ifPresent(it -> sender.send(List.of(
          new OrderChanged(it.order(), EventType.ORDER_MAIL_FAILED, it.event() + " " + it.fate().kind()))));
    }
    LOG.measure(Metric.count("MailsFailed").by("kind"), "Mail failed", "kind", news.kind(), "detail", news.detail(),
        "order", news.order(), "event", news.event());
  }

  private void record(String address, MailFeedback news) {
    AddressStanding standing = addresses.record(address, news);
    if (news.kind().suppresses()) {
      LOG.info(standing.isSuppressed() ? "Address suppressed" : "Address released since", "suppression", standing.id(),
          "reason", news.kind(), "order", news.order());
    }
  }
}
