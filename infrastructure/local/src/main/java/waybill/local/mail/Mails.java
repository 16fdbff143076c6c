package waybill.local.mail;

import java.util.List;
import java.util.Optional;

/** All mail that was sent since this cloud's start, the oldest first. */
public interface Mails {
  List<Mail> mails();

  default Optional<Mail> mail(String id) {
    return mails().stream().filter(mail -> mail.id().equals(id)).findFirst();
  }
}
