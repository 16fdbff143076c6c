package waybill.notifications;

import java.util.List;

/** One part of a letter. HTML and plain text are two ways to show the same blocks, so they cannot say different things. */
public sealed interface Block {

  record Paragraph(Phrase phrase) implements Block {}

  record Facts(List<Fact> facts) implements Block {}

  /** @param label of ours, with its colon */
  record Fact(String label, String value) {}

  record Button(String label, String url) implements Block {}

  /** What is in a parcel, or what was ordered, without prices. */
  record Contents(String heading, String column, List<Units> lines) implements Block {}

  record Units(String name, String quantity) {}

  /** What was ordered and what it costs. */
  record Bill(String heading, String column, List<Priced> lines, List<Amount> sums, Amount total,
      List<Amount> included) implements Block {}

  /**
   * @param price how many, at which price
   * @param amount what the whole line costs
   */
  record Priced(String name, String price, List<Amount> discounts, String amount) {}

  record Amount(String label, String value) {}

  record Destination(String heading, List<String> lines) implements Block {}
}
