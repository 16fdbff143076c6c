package waybill.returns;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import waybill.messages.OrderId;
import waybill.messages.PhotoId;
import waybill.platform.Unusable;

/** A photo, as its own first bytes say: what its sender calls it counts for nothing. */
record Photo(Kind kind, byte[] bytes) {
  /** With its Base64 it fits into what Lambda takes. */
  static final int MOST_BYTES = 4_000_000;
  private static final Set<String> HEIC = Set.of("heic", "heix", "hevc", "mif1", "msf1");

  enum Kind {
    JPEG("image/jpeg"), PNG("image/png"), WEBP("image/webp"), HEIC("image/heic");

    private final String mediaType;

    Kind(String mediaType) {
      this.mediaType = mediaType;
    }

    String mediaType() {
      return mediaType;
    }
  }

  /** @param text Base64 */
  static Photo read(String text) {
    return read(Base64.getDecoder().decode(text));
  }

  /** @throws Unusable if it is none, or too large */
  static Photo read(byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      throw new Unusable("too_large", "a photo has at most %d bytes".formatted(MOST_BYTES));
    }
    return of(bytes).orElseThrow(() -> new Unusable("not_a_photo", "is no JPEG, PNG, WebP or HEIC"));
  }

  static Optional<Photo> of(byte[] bytes) {
    return kind(bytes).map(it -> new Photo(it, bytes));
  }

  PhotoId id(OrderId order) {
    return PhotoId.of(order, Base64.getEncoder().encodeToString(bytes));
  }

  private static Optional<Kind> kind(byte[] bytes) {
    if (starts(bytes, 0, new byte[]{(byte) 0xFF, (byte) 0xD8, (byte) 0xFF})) {
      return Optional.of(Kind.JPEG);
    }
    if (starts(bytes, 0, new byte[]{(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'})) {
      return Optional.of(Kind.PNG);
    }
    if (text(bytes, 0).equals("RIFF") && text(bytes, 8).equals("WEBP")) {
      return Optional.of(Kind.WEBP);
    }
    return text(bytes, 4).equals("ftyp") && HEIC.contains(text(bytes, 8)) ? Optional.of(Kind.HEIC) : Optional.empty();
  }

  private static boolean starts(byte[] bytes, int at, byte[] with) {
    return bytes.length >= at + with.length && Arrays.equals(bytes, at, at + with.length, with, 0, with.length);
  }

  private static String text(byte[] bytes, int at) {
    return bytes.length < at + 4 ? "" : new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
  }
}
