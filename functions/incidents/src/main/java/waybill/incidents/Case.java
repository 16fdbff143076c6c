package waybill.incidents;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.incidents.Incident.EndKind;
import waybill.incidents.Incident.Status;
import waybill.incidents.ParcelWatch.Delay;
import waybill.incidents.ParcelWatch.Matter;
import waybill.incidents.ParcelWatch.Trouble;
import waybill.messages.EventMessages.OrderChanged;
import waybill.messages.IncidentId;
import waybill.messages.IncidentKind;
import waybill.messages.IncidentMessages.DeliveryRedated;
import waybill.messages.IncidentMessages.IncidentOpened;
import waybill.messages.IncidentMessages.RefundAnswered;
import waybill.messages.IncidentMessages.RefundAsked;
import waybill.messages.Money;
import waybill.messages.OrderMessages.ReplacementAsked;
import waybill.messages.ParcelId;
import waybill.messages.ReturnMessages.ReturnAnswered;
import waybill.messages.ReturnMessages.ReturnAsked;
import waybill.platform.Outcome;
import waybill.platform.Refused;

/**
 * A parcel and its incidents, which are decided together. Whatever is decided twice is decided the same, so a doubled message changes
 * nothing.
 *
 * @param incidents those that somebody has still to do with, and the one that a request is about
 */
record Case(ParcelWatch watch, List<Incident> incidents) {
  /** To their customer these are the same: it takes longer. */
  private static final Set<IncidentKind> DELAYS = Set.of(IncidentKind.SILENT, IncidentKind.LATE);
  /** What a parcel that is late for no known reason takes more. */
  private static final int LATER_DAYS = 2;

  static Case of(ParcelId parcel) {
    return new Case(ParcelWatch.of(parcel), List.of());
  }

  Case with(ParcelWatch other) {
    return new Case(other, incidents);
  }

  Optional<Incident> incident(IncidentId id) {
    return incidents.stream().filter(it -> it.id().equals(id)).findFirst();
  }

  Case with(Incident changed) {
    return each(it -> it.id().equals(changed.id()) ? changed : it);
  }

  private Case each(UnaryOperator<Incident> change) {
    return new Case(watch, incidents.stream().map(change).toList());
  }

  private Stream<Incident> live() {
    return incidents.stream().filter(Incident::isLive);
  }

  /**
   * By what is known now: incidents open, end by themselves, and are looked at when their time has come.
   *
   * @param isScanned whether a parcel's carrier is expected to scan it, if it has not yet
   */
  Case at(Instant now, Predicate<ParcelId> isScanned) {
    return scanned(now, isScanned).saidAgain().opened(now).ended(now)
        .each(it -> it.lookAt() != null && !now.isBefore(it.lookAt()) ? it.looked(now) : it).settled(now);
  }

  private Case scanned(Instant now, Predicate<ParcelId> isScanned) {
    // Of what has an incident before, too: the label may have become void since.
    boolean waits = watch.latest() == null && !watch.unscanned()
        && watch.troubles().stream().anyMatch(it -> !now.isBefore(it.since()));
    return waits && !isScanned.test(watch.parcel()) ? with(watch.notScanned()) : this;
  }

  /** A parcel that is damaged is damaged once: as long as that is not over, what is said of it later is about the same. */
  private Case saidAgain() {
    Optional<Trouble> damaged = watch.troubles().stream().filter(it -> it.kind() == IncidentKind.DAMAGED).findFirst();
    Optional<Incident> known = live().filter(it -> it.kind() == IncidentKind.DAMAGED).findFirst();
    if (damaged.isEmpty() || known.isEmpty()) {
      return this;
    }
    Incident said = known.get().said(damaged.get().scan());
    return with(said).with(watch.with(matters(said), watch.due()));
  }

  private List<Matter> matters(Incident changed) {
    var matters = watch.matters().stream().filter(it -> it.number() != changed.id().number())
        .collect(Collectors.toCollection(ArrayList::new));
    matters.add(new Matter(changed.id().number(), changed.kind(), changed.scan(), changed.isPending()));
    matters.sort(Comparator.comparing(Matter::number));
    return matters;
  }

  private Stream<Trouble> open(Instant now) {
    return troubles().filter(it -> !now.isBefore(it.since()));
  }

  /** What may still open. What was opened before is not opened again, nor is what something worse makes pointless. */
  private Stream<Trouble> troubles() {
    return watch.troubles().stream().filter(it -> watch.matters().stream()
        .noneMatch(known -> known.kind() == it.kind() && same(known, it) || supersedes(known, it)))
        .map(this::waited);
  }

  private static boolean same(Matter known, Trouble it) {
    return it.scan() == null || it.scan().equals(known.scan());
  }

  private boolean supersedes(Matter known, Trouble it) {
    boolean stands = known.scan() != null && known.scan().equals(watch.latest());
    boolean decided = known.kind() == IncidentKind.SILENT && it.kind() == IncidentKind.LOST && !known.live();
    return stands && (decided || Playbook.superseded(known.kind()).contains(it.kind()));
  }

  /** While a person waits for word of a silent parcel, it is not lost. */
  private Trouble waited(Trouble it) {
    return live().filter(known -> it.kind() == IncidentKind.LOST && known.kind() == IncidentKind.SILENT
        && known.status() == Status.WAITING && known.lookAt().isAfter(it.since()))
        .findFirst().map(known -> new Trouble(it.kind(), known.lookAt(), it.scan())).orElse(it);
  }

  private Case opened(Instant now) {
    Case next = this;
    // The worst first, so that what it makes pointless is not opened before it.
    for (Optional<Trouble> it = next.worst(now); it.isPresent(); it = next.worst(now)) {
      next = next.open(it.get(), now);
    }
    return next;
  }

  private Optional<Trouble> worst(Instant now) {
    return open(now).max(Comparator.comparing(Trouble::kind));
  }

  private Case open(Trouble trouble, Instant now) {
    IncidentKind kind = trouble.kind();
    boolean known = DELAYS.contains(kind)
        && (isToldLater(now) || live().anyMatch(it -> DELAYS.contains(it.kind())));
    return open(Incident.open(next(), kind, watch, watch.latest(), expected(kind, now),
        known || !Playbook.of(kind).informs(), now));
  }

  private IncidentId next() {
    return IncidentId.of(watch.parcel(), watch.matters().stream().mapToInt(Matter::number).max().orElse(0) + 1);
  }

  private Case open(Incident incident) {
    IncidentKind kind = incident.kind();
    var matters = new ArrayList<>(watch.matters());
    // One of each kind is enough to know what was opened before.
    matters.removeIf(it -> it.kind() == kind && !it.live());
    matters.add(new Matter(incident.id().number(), kind, watch.latest(), true));
    return new Case(watch.with(matters, watch.due()), Stream.concat(incidents.stream(), Stream.of(incident)).toList());
  }

  private Instant expected(IncidentKind kind, Instant now) {
    boolean foreseen = watch.estimateAt() != null && watch.estimateAt().isAfter(now);
    return switch (kind) {
      case LATE -> foreseen ? watch.estimateAt() : Weekdays.after(now, LATER_DAYS);
      case SILENT -> watch.troubles().stream().filter(it -> it.kind() == IncidentKind.LOST).map(Trouble::since)
          .filter(now::isBefore).findFirst().orElse(null);
      case NOT_HANDED_OVER, DELIVERY_FAILED, ON_HOLD, REFUSED, UNCOLLECTED, LOST, DAMAGED, RETURNED -> null;
    };
  }

  private Case ended(Instant now) {
    return each(it -> it.isUndecided() ? end(it).map(how -> it.ended(how, now)).orElse(it) : it);
  }

  /** How an incident ends that nobody has decided about, by what has become of its parcel. */
  private Optional<EndKind> end(Incident it) {
    boolean pointless = live().anyMatch(other -> Playbook.superseded(other.kind()).contains(it.kind()));
    if (pointless) {
      return Optional.of(EndKind.SUPERSEDED);
    }
    boolean moved = watch.latest() != null && !watch.latest().equals(it.scan());
    boolean over = switch (it.kind()) {
      case LATE -> watch.troubles().stream().noneMatch(trouble -> trouble.kind() == IncidentKind.LATE);
      // However it arrives, it is broken.
      case DAMAGED -> false;
      case NOT_HANDED_OVER -> moved || watch.unscanned();
      case SILENT, DELIVERY_FAILED, ON_HOLD, REFUSED, UNCOLLECTED, LOST, RETURNED -> moved;
    };
    return over ? Optional.of(EndKind.RESOLVED_ITSELF) : Optional.empty();
  }

  /** What somebody has still to do with, and when the next look is. */
  private Case settled(Instant now) {
    List<Matter> matters = watch.matters().stream()
        .map(it -> it.live()
            && incident(IncidentId.of(watch.parcel(), it.number())).filter(Incident::isPending).isEmpty()
                ? it.ended()
                : it)
        .toList();
    Case next = with(watch.with(matters, watch.due()));
    return next.with(next.watch.with(matters, next.due(now)));
  }

  /** A look that comes too early only costs itself; a date that moves with every scan costs a write of the index each time. */
  private Instant due(Instant now) {
    Instant next = Stream.of(troubles().map(Trouble::since), live().map(Incident::lookAt).filter(it -> it != null),
        live().filter(it -> !it.informed()).map(Incident::openedAt),
        incidents.stream().filter(it -> !it.unpublished().isEmpty()).map(Incident::openedAt),
        redated().stream().map(DeliveryRedated::at)).flatMap(it -> it)
        .min(Comparator.naturalOrder()).orElse(null);
    boolean early = next != null && watch.due() != null && watch.due().isAfter(now) && watch.due().isBefore(next);
    return early ? watch.due() : next;
  }

  /** Whether an incident of this kind goes on. */
  Optional<Incident> undecided(IncidentKind kind) {
    return live().filter(it -> it.kind() == kind && it.status() != Status.RESOLVED).findFirst();
  }

  /** A person reports what no scan says. There is one incident of a kind at a time, and none that a worse one would end at once. */
  Outcome<Case> reported(IncidentKind kind, Incident.Report report, Incident.Done request, Instant now) {
    if (undecided(kind).isPresent()) {
      return Outcome.of(this);
    }
    Optional<Incident> worse = live().filter(it -> Playbook.superseded(it.kind()).contains(kind)).findFirst();
    if (worse.isPresent()) {
      return Refused.conflict("incident_superseded", "its parcel has a worse incident that goes on")
          .about("incident_id", worse.get().id().value()).outcome();
    }
    // Its customer knows, as it is they who ask.
    Incident incident = Incident.open(next(), kind, watch, watch.latest(), null, true, now).reported(report, request);
    return Outcome.of(open(incident).ended(now).settled(now));
  }

  /** A person's decision, or an order's answer, about one of them. */
  Case decided(Incident changed, Instant now) {
    long claimed = changed.claimed() - incident(changed.id()).map(Incident::claimed).orElse(0L);
    Case next = (changed.status() == Status.REPLACING
        ? with(watch.withReplacement())
        : this).with(changed);
    next = next.with(next.watch.withClaim(claimed));
    // What is live again, as it was claimed or is refunded after its end, is looked at again.
    return next.with(next.watch.with(next.matters(changed), next.watch.due())).settled(now);
  }

  /** Its order's answer to a refund that was asked of it. */
  Case answered(Incident about, RefundAnswered answer, Instant now) {
    Money granted = answer.granted();
    Incident answered = about.answered(answer.number(), granted, answer.refused(), now);
    boolean isNew = granted != null && !answered.equals(about);
    return (isNew ? with(watch.withRefund(granted.minorUnits())) : this).decided(answered, now);
  }

  private boolean isToldLater(Instant now) {
    return watch.delay() != null && watch.delay().told() != null && watch.delay().told().isAfter(now);
  }

  /** After a look at what delays it. */
  Case delayed(Delayed by, Instant now) {
    return with(by.of(watch, now)).settled(now);
  }

  /** The new day of the parcel, unless its customer knows of one that is as late. */
  Optional<DeliveryRedated> redated() {
    Delay delay = watch.delay();
    if (delay == null || delay.expectedAt() == null || delay.by().isEmpty() || !watch.isUnderway()) {
      return Optional.empty();
    }
    Stream<Instant> told = live().filter(it -> it.kind() == IncidentKind.LATE && it.informed())
        .map(Incident::expectedAt);
    boolean isTold = Stream.concat(told, Stream.ofNullable(delay.told()))
        .anyMatch(it -> it != null && !it.isBefore(delay.expectedAt()));
    return isTold
        ? Optional.empty()
        : Optional.of(new DeliveryRedated(watch.parcel().order(), watch.parcel(), delay.by().getLast(),
            delay.expectedAt(), delay.at()));
  }

  /** After that was sent. */
  Case told(DeliveryRedated sent, Instant now) {
    return watch.delay() == null ? this : with(watch.withDelay(watch.delay().withTold(sent.expectedAt()))).settled(now);
  }

  /** The returns' answer to what was asked of them. */
  Case returned(Incident about, ReturnAnswered answer, Instant now) {
    return decided(about.returned(answer.number(), answer.opened(), answer.refused(), now), now);
  }

  /** What customers are still to hear. */
  List<IncidentOpened> news() {
    return live().filter(it -> !it.informed()).map(it -> new IncidentOpened(it.id().order(), watch.parcel(), it.id(),
        it.kind(), it.expectedAt(), it.scan(), it.openedAt())).toList();
  }

  /** What the feed has still to say of them. */
  List<OrderChanged> events() {
    return incidents.stream().flatMap(it -> it.unpublished().stream()
        .map(event -> new OrderChanged(it.id().order(), event, it.id().value()))).toList();
  }

  /** After these were sent. */
  Case informed(List<IncidentOpened> sent, List<OrderChanged> events, Instant now) {
    Set<IncidentId> ids = sent.stream().map(IncidentOpened::incident).collect(Collectors.toSet());
    return each(it -> {
      Incident told = it.informed() || !ids.contains(it.id()) ? it : it.withInformed();
      for (OrderChanged event : events) {
        told = event.subject().equals(it.id().value()) ? told.withPublished(event.event()) : told;
      }
      return told;
    }).settled(now);
  }

  /** The refunds that the order has not answered. */
  List<RefundAsked> refunds() {
    return live().filter(it -> it.status() == Status.REFUNDING).map(Case::asked).toList();
  }

  /** The orders that are to send something again, and were not asked for yet. */
  List<ReplacementAsked> replacements() {
    return live().filter(it -> it.status() == Status.REPLACING).map(Case::replacement).toList();
  }

  private static ReplacementAsked replacement(Incident it) {
    return new ReplacementAsked(it.id().order(), it.id().value(), it.again(), text(it.kind()), it.ending().by(),
        it.ending().at());
  }

  /** What is asked of the returns, and not answered. */
  List<ReturnAsked> returns() {
    return live().filter(it -> it.status() == Status.RETURNING).map(it -> new ReturnAsked(it.id().order(),
        watch.parcel(), it.id().value(), it.back().number(), it.kind() != IncidentKind.DAMAGED, it.ending().by(),
        it.ending().at())).toList();
  }

  /** After that was sent: from then on its queue keeps it. */
  Case replaced(List<ReplacementAsked> sent, Instant now) {
    Set<String> ids = sent.stream().map(ReplacementAsked::cause).collect(Collectors.toSet());
    return each(it -> ids.contains(it.id().value()) ? it.replaced() : it).settled(now);
  }

  private static String text(IncidentKind kind) {
    return "parcel " + kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static RefundAsked asked(Incident it) {
    return new RefundAsked(it.id().order(), it.id().value(), it.refund().number(), it.refund().lines(),
        it.refund().amount(), text(it.kind()), false, it.refund().by());
  }
}
