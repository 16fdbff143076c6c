package waybill.template;

/** The template asks for something that the embedded cloud does not run, or contradicts itself. */
public final class RefusedTemplate extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public RefusedTemplate(String sentence) {
    super(sentence);
  }
}
