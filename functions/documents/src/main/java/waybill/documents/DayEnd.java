package waybill.documents;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import waybill.documents.Manifest.LeftOut;
import waybill.documents.Manifest.Listed;
import waybill.documents.Manifest.Reason;
import waybill.documents.Manifest.Status;
import waybill.messages.ParcelId;
import waybill.platform.Log;
import waybill.platform.Outcome.Accepted;
import waybill.platform.Outcome.Declined;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.shipping.SoldLabels.Sold;
import waybill.shipping.SoldLabels.Standing;
import waybill.shipping.SoldLabels;
import waybill.shipping.carrier.Manifests.Form;
import waybill.shipping.carrier.Manifests.Listing;

/**
 * The labels of a day, and the carrier's forms of them. Each step is written before the next: whoever dies is followed by whoever asks with
 * the same key, from what is written. A label is on one form, so two who ask at once share the day's labels between them.
 */
final class DayEnd {
  private static final Log LOG = Log.of(CreateManifestHandler.class);
  /** As many as are claimed within a call of the API. What is left over goes on the next form. */
  static final int MOST = 400;

  private final Table<DayLabel> labels;
  private final Table<Manifest> manifests;
  private final SoldLabels sold;

  DayEnd(Ports ports) {
    this.labels = DocumentsTable.labels(ports);
    this.manifests = DocumentsTable.manifests(ports);
    this.sold = new SoldLabels(ports);
  }

  /** Lists a label that was just bought with its day; once. */
  void bought(Sold label, ZoneId zone) {
    labels.insert(new DayLabel(day(label, zone), label.parcel(), label.carrier(), label.draft(),
        label.trackingNumber(), null));
  }

  private static LabelDay day(Sold label, ZoneId zone) {
    return LabelDay.at(label.account(), label.location(), label.at(), zone);
  }

  /** The form of a day's labels that are on none yet, made now or before with this key. */
  Outcome<Stored<Manifest>> make(Manifest asked) {
    Optional<Stored<Manifest>> known = manifests.find(DocumentsTable.manifest(asked.id()));
    if (known.isEmpty()) {
      Optional<Refused> refusal = refusal(asked);
      if (refusal.isPresent()) {
        return refusal.get().outcome();
      }
      manifests.insert(asked);
      known = manifests.find(DocumentsTable.manifest(asked.id()));
    }
    Manifest begun = known.orElseThrow().value();
    return begun.isSameAs(asked)
        ? Outcome.of(proceed(asked.id(), begun))
        : Refused.of(Refused.Kind.INVALID, "idempotency_key_reused",
            "this Idempotency-Key was sent for other labels; a new manifest needs a new key")
            .about("manifest_id", asked.id()).outcome();
  }

  /** Nothing is written for a day without labels, or for labels that no one form can list. */
  private Optional<Refused> refusal(Manifest asked) {
    Optional<Refused> none = sold.noForms(asked.day().account());
    if (none.isPresent()) {
      return none;
    }
    List<DayLabel> all = ofDay(asked.day());
    Map<ParcelId, Reason> reasons = reasons(asked, all);
    List<DayLabel> free = all.stream().filter(it -> !reasons.containsKey(it.parcel())).toList();
    Set<String> carriers = free.stream().map(DayLabel::carrier).collect(Collectors.toCollection(TreeSet::new));
    if (carriers.size() > 1) {
      return Optional.of(Refused.conflict("several_carriers", "a form is of one carrier: name one of " + carriers)
          .about("carriers", List.copyOf(carriers)));
    }
    return free.isEmpty()
        ? Optional.of(Refused.conflict("nothing_to_list", "no label of that day waits for its form").about("left_out",
            all.stream().map(it -> Manifest.view(new LeftOut(it.parcel(), reasons.get(it.parcel()), it.manifest())))
                .toList()))
        : Optional.empty();
  }

  private List<DayLabel> ofDay(LabelDay day) {
    return labels.findAll(day.key(), "").stream().map(Stored::value).toList();
  }

  /** Why labels are not on this form; those that may be have none. */
  private Map<ParcelId, Reason> reasons(Manifest manifest, List<DayLabel> all) {
    var numbers = new LinkedHashMap<ParcelId, String>();
    all.forEach(it -> numbers.put(it.parcel(), it.trackingNumber()));
    Map<ParcelId, Standing> standings = sold.standings(numbers);
    Map<ManifestId, Manifest> others = others(all);
    var reasons = new LinkedHashMap<ParcelId, Reason>();
    int room = MOST;
    for (DayLabel label : all) {
      Manifest other = label.manifest() == null ? null : others.get(label.manifest());
      boolean held = other != null && other.holds(label.parcel());
      Reason reason = reason(manifest, label, standings.get(label.parcel()), held, room);
      if (reason == null) {
        room--;
      } else {
        reasons.put(label.parcel(), reason);
      }
    }
    return reasons;
  }

  /** The forms that have claimed labels. The process that claims may die, so a claim counts only as far as its form lists the label. */
  private Map<ManifestId, Manifest> others(List<DayLabel> all) {
    return manifests.findAll(all.stream().map(DayLabel::manifest).filter(Objects::nonNull).distinct()
        .map(DocumentsTable::manifest).toList()).stream().map(Stored::value)
        .collect(Collectors.toMap(Manifest::id, it -> it));
  }

  private static Reason reason(Manifest manifest, DayLabel label, Standing standing, boolean held, int room) {
    if (standing != Standing.UNUSED) {
      return standing == Standing.VOID ? Reason.VOID : Reason.SCANNED;
    }
    if (label.isOn(manifest.id())) {
      return null;
    }
    if (held) {
      return Reason.ON_ANOTHER_MANIFEST;
    }
    if (manifest.carrier() != null && !manifest.carrier().equals(label.carrier())) {
      return Reason.OTHER_CARRIER;
    }
    return room == 0 ? Reason.FULL : null;
  }

  private Stored<Manifest> proceed(ManifestId id, Manifest begun) {
    Manifest collected = begun.status() == Status.COLLECTING ? collect(begun) : begun;
    return collected.status() == Status.CREATING
        ? ask(id, collected)
        : manifests.find(DocumentsTable.manifest(id)).orElseThrow();
  }

  private Manifest collect(Manifest begun) {
    List<DayLabel> all = ofDay(begun.day());
    Map<ParcelId, Reason> reasons = reasons(begun, all);
    var listed = new ArrayList<Listed>();
    var leftOut = new ArrayList<LeftOut>();
    for (DayLabel label : all) {
      Reason reason = reasons.get(label.parcel());
      DayLabel now = reason == null ? claimed(label, begun.id()) : label;
      if (reason == null && now.isOn(begun.id())) {
        listed.add(new Listed(label.parcel(), label.trackingNumber(), label.draft()));
      } else {
        leftOut.add(new LeftOut(label.parcel(), reason == null ? Reason.ON_ANOTHER_MANIFEST : reason, now.manifest()));
      }
    }
    return manifests.change(DocumentsTable.manifest(begun.id()), it -> it.orElseThrow().collected(listed, leftOut))
        .value();
  }

  private DayLabel claimed(DayLabel label, ManifestId id) {
    return labels.change(new Table.Key(label.day().key(), label.parcel().value()), it -> it.orElseThrow().claimed(id,
        label.manifest())).value();
  }

  /** Asks the carrier, which makes the form once, and writes what it says. */
  private Stored<Manifest> ask(ManifestId id, Manifest manifest) {
    Outcome<Form> answer = sold.forms(manifest.day().account()).then(it -> manifest.form() == null
        ? it.makeForm(listings(manifest))
        : it.findForm(manifest.form(), listings(manifest)));
    Stored<Manifest> written = manifests.change(DocumentsTable.manifest(id), current -> switch (answer) {
      case Accepted<Form>(Form form) ->
        current.orElseThrow().answered(form.id(), Status.valueOf(form.status().name()), form.detail());
      case Declined<Form>(Refused refused) ->
        current.orElseThrow().refused(refused.detail());
    });
    if (answer instanceof Declined<Form>(Refused refused) && written.value().form() != null) {
      LOG.warn("The carrier does not show the form", "manifest", id, "account", manifest.day().account(), "code",
          refused.code(), "detail", refused.detail());
    }
    LOG.info("Manifest made", "manifest", id, "account", manifest.day().account(), "status", written.value().status(),
        "parcels", written.value().listed().size(), "left_out", written.value().leftOut().size());
    return written;
  }

  private static List<Listing> listings(Manifest manifest) {
    return manifest.listed().stream().map(it -> new Listing(it.draft(), it.trackingNumber())).toList();
  }

  /** The form as it stands, after all that is still to do for it: the process that was asked for it may have died. */
  Optional<Stored<Manifest>> find(ManifestId id) {
    Optional<Stored<Manifest>> known = manifests.find(DocumentsTable.manifest(id));
    return known.filter(it -> it.value().isOpen()).map(it -> proceed(id, it.value())).or(() -> known);
  }

  /** Those of its parcels whose labels are void now. */
  List<ParcelId> voided(Manifest manifest) {
    var numbers = new LinkedHashMap<ParcelId, String>();
    manifest.listed().forEach(it -> numbers.put(it.parcel(), it.trackingNumber()));
    return sold.standings(numbers).entrySet().stream().filter(it -> it.getValue() == Standing.VOID)
        .map(Map.Entry::getKey).toList();
  }

  /** @param now for a day that is not named: that of the location */
  static String today(Instant now, ZoneId zone) {
    return java.time.LocalDate.ofInstant(now, zone).toString();
  }
}
