package waybill.notifications;

import java.util.List;

/** A mail as its reader sees it. */
final class Seen {

  private Seen() {}

  /** Its HTML without tags, and its plain text; every run of spaces is one. */
  static List<String> parts(Email mail) {
    return List.of(html(mail), plainSpaces(mail.text()));
  }

  static String html(Email mail) {
    return plainSpaces(
        mail.html().replaceAll("(?s)<style>.*?</style>|<!--.*?-->", "").replaceAll("</?bdi[^>]*>", "")
            .replaceAll("<[^>]+>", " ").replace("&amp;", "&"));
  }

  static String plainSpaces(String text) {
    return text.replaceAll("[\\s\\u00a0\\u202f]+", " ");
  }
}
