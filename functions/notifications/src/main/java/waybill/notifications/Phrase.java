package waybill.notifications;

import java.util.List;
import java.util.stream.Collectors;

/** A text of ours with values in it, which others may have written in another direction. */
public record Phrase(List<Piece> pieces) {

  /** @param value whether it is a value, and not ours */
  public record Piece(String text, boolean value) {}

  public String text() {
    return pieces.stream().map(Piece::text).collect(Collectors.joining());
  }
}
