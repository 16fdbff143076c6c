package waybill.inventory;

import java.util.LinkedHashMap;
import waybill.messages.Choreography.CompleteAssembly;
import waybill.platform.Fields;
import waybill.platform.Http;
import waybill.platform.HttpFunction;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Log;
import waybill.platform.Ports;
import waybill.platform.Sender;
import waybill.platform.Snapshot;

/** {@code POST /assemblies/{id}/completions}: so many units of a work order are assembled or taken apart, once an Idempotency-Key. */
public record CompleteAssemblyHandler(Assemblies assemblies, Sender<CompleteAssembly.Output> sender)
    implements HttpFunction {
  private static final Log LOG = Log.of(CompleteAssemblyHandler.class);

  public CompleteAssemblyHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> assemblies.find(AssemblyId.of("PRIMING")));
  }

  public CompleteAssemblyHandler(Ports ports) {
    this(InventoryTable.completedAssemblies(ports), new Sender<>(ports));
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    AssemblyId id = request.pathId("id", AssemblyId::new);
    var completion = CompletionId.of(id, request.idempotencyKey());
    Fields fields = request.fields();
    Form form = Form.read(fields);
    fields.verify();
    Assemblies.Completed completed = Http.orProblem(assemblies.complete(
        new Completion(completion, id, form.quantity(), form.note(), request.subject())));
    Assembly assembly = completed.assembly().value();
    if (completed.now()) {
      LOG.info("Work order completed", "assembly", id, "completion", completion, "type", assembly.type(), "sku",
          assembly.sku(), "location", assembly.location(), "quantity", form.quantity(), "status", assembly.status());
    }
    sender.send(assemblies.waitedFor(assembly));
    var tree = new LinkedHashMap<String, Object>();
    tree.put("completion_id", completion.value());
    tree.putAll(completed.assembly().timed(assembly.toTree()));
    return HttpResponse.resource(201, completed.assembly(), tree);
  }

  /** How much of it is done. */
  record Form(int quantity, String note) {

    static Form read(Fields fields) {
      return new Form(fields.integer("quantity", 1, CreateAssemblyHandler.MAX_QUANTITY),
          fields.textOrNull("note", 500));
    }
  }
}
