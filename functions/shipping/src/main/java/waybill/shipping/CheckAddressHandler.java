package waybill.shipping;

import module java.base;
import waybill.catalog.*;
import waybill.catalog.addresses.AddressCheck;
import waybill.catalog.addresses.Finding;
import waybill.messages.ChannelId;
import waybill.platform.*;
import waybill.platform.Outcome.Accepted;
import waybill.platform.Outcome.Declined;
import waybill.shipping.carrier.AddressOpinion;
import waybill.shipping.carrier.CarrierAccount;

/**
 * {@code POST /address-checks}: whether an address can be delivered to, by the rules of its country and, if a channel is named, in the
 * opinion of its carrier. Nothing is stored, and nothing is corrected: a better form is proposed.
 */
public record CheckAddressHandler(Catalog catalog, AddressOpinions opinions) implements HttpFunction {
  private static final Log LOG = Log.of(CheckAddressHandler.class);

  public CheckAddressHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> catalog.channel(new ChannelId("priming")));
  }

  public CheckAddressHandler(Ports ports) {
    this(new Catalog(ports), new AddressOpinions(new LabelDesks(Carriers.of(ports), CarrierAccount.all(ports))));
  }

  /** @param channel whose carrier is asked; null for none */
  record Form(Address address, ChannelId channel) {
    static Form read(Fields fields) {
      return new Form(Address.read(fields.object("address")),
          fields.parsedOrNull("channel", ChannelId::new, "is the id of a channel"));
    }
  }

  /** How an address stands, the worst first. */
  enum Verdict {
    /** Nothing is delivered there; an order to it is refused. */
    UNDELIVERABLE,
    /** A person should look; an order to it is held. Or the carrier does not know it. */
    DOUBTFUL,
    /** The rules say nothing against it. */
    PLAUSIBLE,
    /** The carrier knows it. */
    VERIFIED
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    Fields fields = request.fields();
    Form form = Form.read(fields);
    Address address = form.address;
    Optional<Channel> channel = Optional.ofNullable(form.channel).flatMap(catalog::channel);
    if (form.channel != null && channel.isEmpty()) {
      fields.refuse("channel", "unknown_channel", "there is no such channel");
    }
    fields.verify();
    AddressCheck check = AddressCheck.of(address);
    Optional<AddressOpinions.Answer> opinion = channel.flatMap(it -> opinions.ask(it, address));
    Verdict verdict = verdict(check, opinion);
    LOG.info("Address checked", "country", address.country(), "verdict", verdict.name(), "codes",
        check.findings().stream().map(Finding::code).toList());
    return HttpResponse.json(200, tree(verdict, check, opinion));
  }

  private static Optional<AddressOpinion> given(Optional<AddressOpinions.Answer> answer) {
    return answer
        .flatMap(it -> it.opinion() instanceof Accepted<Optional<AddressOpinion>>(Optional<AddressOpinion> given)
            ? given
            : Optional.empty());
  }

  private static Verdict verdict(AddressCheck check, Optional<AddressOpinions.Answer> answer) {
    Optional<AddressOpinion> opinion = given(answer);
    if (!check.refusals("").isEmpty()) {
      return Verdict.UNDELIVERABLE;
    }
    if (check.doubts().isPresent() || opinion.filter(it -> !it.deliverable()).isPresent()) {
      return Verdict.DOUBTFUL;
    }
    return opinion.isPresent() ? Verdict.VERIFIED : Verdict.PLAUSIBLE;
  }

  private static Map<String, Object> tree(Verdict verdict, AddressCheck check,
      Optional<AddressOpinions.Answer> answer) {
    var messages = new ArrayList<Map<String, Object>>();
    check.findings().forEach(it -> messages
        .add(message("rules", it.field(), it.severity().text(), it.code(), it.detail())));
    answer.ifPresent(it -> messages.addAll(messages(it)));
    var tree = new LinkedHashMap<String, Object>();
    tree.put("verdict", verdict.name().toLowerCase(Locale.ROOT));
    tree.put("corrected", Records.toTree(
        given(answer).map(AddressOpinion::proposal).filter(Objects::nonNull).orElse(check.proposal())));
    tree.put("messages", messages);
    return tree;
  }

  private static List<Map<String, Object>> messages(AddressOpinions.Answer answer) {
    String source = answer.account().carrier();
    return switch (answer.opinion()) {
      case Accepted<Optional<AddressOpinion>>(Optional<AddressOpinion> opinion) -> opinion.stream()
          .flatMap(it -> it.objections().stream())
          .map(it -> message(source, it.field(), Finding.Severity.WARNING.text(), it.code(), it.detail())).toList();
      case Declined<Optional<AddressOpinion>>(Refused refused) ->
        List.of(message(source, null, Finding.Severity.INFO.text(), refused.code(), refused.detail()));
    };
  }

  private static Map<String, Object> message(String source, String field, String severity, String code,
      String detail) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("source", source);
    tree.put("pointer", field == null ? "/address" : "/address/" + field);
    tree.put("severity", severity);
    tree.put("code", code);
    tree.put("detail", detail);
    return tree;
  }
}
