package waybill.digital;

import java.util.Base64;
import java.util.regex.Pattern;
import waybill.platform.Sha256;

/** The last part of a download's address: 192 random bits, which nobody guesses. Whoever has it may download. */
record DownloadToken(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{32}");
  private static final int BYTES = 24;

  public DownloadToken {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a download's token");
    }
  }

  /** @param random at least 192 bits that nobody knows */
  static DownloadToken of(String random) {
    return new DownloadToken(
        Base64.getUrlEncoder().withoutPadding().encodeToString(java.util.Arrays.copyOf(Sha256.hash(random), BYTES)));
  }

  /** What its download is stored under: whoever reads keys of the table cannot download. */
  String digest() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.hash(value));
  }

  /** A token is in no text that could be logged. */
  @Override
  public String toString() {
    return "DownloadToken";
  }
}
