package waybill.simulation.limits;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import waybill.local.machine.Http;
import waybill.local.providers.Providers;
import waybill.local.providers.stripe.Stripe;
import waybill.local.providers.stripe.StripeLedger;
import waybill.platform.Json;
import waybill.store.Store;
import waybill.store.StoreClient;
import waybill.wire.AwsJsonServer;

/**
 * DynamoDB, SQS, SSM, SES, S3, Stripe and a shop's own software behind one address, with all that can be wrong with an HTTP answer. Many worlds live in it at
 * once; every name that a function is given (of a table, a queue, a parameter, an address) begins with its world's.
 */
final class FaultyServices implements AutoCloseable {
  private static final Pattern WORLD = Pattern.compile("world([0-9]+)x");
  private static final String MAILED = """
      <SendEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendEmailResult><MessageId>m1</MessageId>
      </SendEmailResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></SendEmailResponse>""";
  private static final String MAIL_THROTTLED = """
      <ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type><Code>Throttling</Code>
      <Message>Maximum sending rate exceeded.</Message></Error><RequestId>r</RequestId></ErrorResponse>""";
  private static final int BACKLOG = 512;
  /** Where a shop's own software hears of orders. */
  static final String HOOK = "/hook";

  private final Store store;
  private final Map<String, String> secrets;
  private final Map<Integer, World> worlds = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AwsJsonServer dynamo;
  private final ServerSocket listener;

  /** What goes wrong with a call. */
  enum Fault {
    /** The request is taken and never answered. */
    HANGS,
    /** It is done, and half of the answer comes. */
    HANGS_HALFWAY,
    /** The connection closes; nothing was done. */
    CLOSES_BEFORE,
    /** It is done, and the connection closes without an answer. */
    CLOSES_AFTER, THROTTLES,
    /** It is done and answered, after some time. */
    DELAYS
  }

  /** A message that was sent. */
  record Sent(String queue, String body) {}

  /** What a function may call, of its own. */
  static final class World {
    private final int id;
    final Stripe stripe;
    private final List<Sent> sent = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger mails = new AtomicInteger();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    final AtomicInteger calls = new AtomicInteger();
    final List<String> services = Collections.synchronizedList(new ArrayList<>());
    private volatile Fault fault;
    private volatile int from;

    private World(int id, InstantSource clock) {
      this.id = id;
      var names = new AtomicInteger();
      this.stripe = new Stripe(clock, JsonNodeFactory.instance.objectNode(), () -> "x" + names.incrementAndGet(),
          _ -> {}, _ -> {});
    }

    String name() {
      return "world" + id + "x";
    }

    /** From this call on, the first being 1, all calls go wrong so. @param fault null if none does */
    void strike(Fault kind, int call) {
      calls.set(0);
      from = call;
      fault = kind;
    }

    List<Sent> takeSent() {
      synchronized (sent) {
        List<Sent> all = List.copyOf(sent);
        sent.clear();
        return all;
      }
    }

    /** What lies in its buckets, by address without the world's name. */
    Map<String, byte[]> files() {
      var kept = new HashMap<String, byte[]>();
      files.forEach((path, bytes) -> kept.put(path.replace(name(), ""), bytes));
      return kept;
    }

    void keep(Map<String, byte[]> those) {
      those.forEach((path, bytes) -> files.put("/" + name() + path.substring(1), bytes));
    }

    private Optional<Fault> next() {
      int number = calls.incrementAndGet();
      return fault != null && number >= from ? Optional.of(fault) : Optional.empty();
    }
  }

  private record Request(String method, String path, Map<String, String> headers, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    String target() {
      return headers.getOrDefault("x-amz-target", "");
    }

    boolean isOfS3() {
      return path.contains("Bucket/");
    }

    String service() {
      if (isOfS3()) {
        return "S3 " + method;
      }
      if (!target().isEmpty()) {
        return target().replaceFirst("(_[0-9]+)?\\.", " ");
      }
      if (path.endsWith(HOOK)) {
        return "hook";
      }
      return path.contains("/v1/") ? "Stripe " + method + path.replaceFirst(".*/v1/([a-z_]+).*", " $1") : "SES";
    }
  }

  private record Answer(int status, byte[] body) {
    static Answer of(int status, Object json) {
      return new Answer(status, Json.write(json).getBytes(StandardCharsets.UTF_8));
    }
  }

  FaultyServices(Store store, Map<String, String> secrets) throws IOException {
    this.store = store;
    this.secrets = secrets;
    this.dynamo = AwsJsonServer.start(software.amazon.awssdk.services.dynamodb.DynamoDbClient.class,
        new StoreClient(store));
    this.listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    threads.execute(this::listen);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  World open(InstantSource clock) {
    var world = new World(count.incrementAndGet(), clock);
    worlds.put(world.id, world);
    return world;
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        clients.add(client);
        threads.execute(() -> serve(client));
      } catch (IOException | RejectedExecutionException _) {
        continue; // it is closed, or a client was gone before it was accepted
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      var in = new BufferedInputStream(client.getInputStream());
      for (Request request = read(in); request != null; request = read(in)) {
        if (!answer(request, client.getOutputStream())) {
          return;
        }
      }
    } catch (IOException | InterruptedException _) {
      // The client has given up, or this server is closed.
    } finally {
      clients.remove(client);
    }
  }

  /** @return whether the connection stays open */
  private boolean answer(Request request, OutputStream out) throws IOException, InterruptedException {
    World world = worlds.get(world(request));
    world.services.add(request.service());
    Optional<Fault> fault = world.next();
    if (fault.isEmpty()) {
      write(out, done(world, request));
      return true;
    }
    switch (fault.get()) {
      case HANGS -> Thread.sleep(Long.MAX_VALUE);
      case HANGS_HALFWAY -> {
        Answer answer = done(world, request);
        out.write(head(answer));
        out.write(answer.body, 0, answer.body.length / 2);
        out.flush();
        Thread.sleep(Long.MAX_VALUE);
      }
      case CLOSES_BEFORE -> {
        return false;
      }
      case CLOSES_AFTER -> {
        done(world, request);
        return false;
      }
      case THROTTLES -> write(out, throttled(request));
      case DELAYS -> {
        Thread.sleep(1_200);
        write(out, done(world, request));
      }
    }
    return true;
  }

  private static int world(Request request) {
    Matcher name = WORLD.matcher(request.path + " " + request.text());
    if (!name.find()) {
      throw new IllegalStateException("nobody's: " + request.path + " " + request.service());
    }
    return Integer.parseInt(name.group(1));
  }

  private Answer done(World world, Request request) throws IOException, InterruptedException {
    String target = request.target();
    if (request.isOfS3()) {
      return file(world, request);
    }
    if (target.startsWith("DynamoDB")) {
      return forwarded(target, request.body);
    }
    if (target.startsWith("AmazonSQS.")) {
      return sent(world, Json.readObject(request.text()));
    }
    if (target.startsWith("AmazonSSM.")) {
      String name = ((String) Json.readObject(request.text()).get("Name")).substring(1 + world.name().length());
      return Answer.of(200, Map.of("Parameter", Map.of("Name", name, "Type", "SecureString", "Value",
          secrets.get(name))));
    }
    if (request.path.contains("/v1/")) {
      StripeLedger.Answer answer = world.stripe.reply(asked(request)).answer().orElseThrow();
      return new Answer(answer.status(), answer.json().toString().getBytes(StandardCharsets.UTF_8));
    }
    if (request.path.endsWith(HOOK)) {
      return Answer.of(200, Map.of());
    }
    world.mails.incrementAndGet();
    return new Answer(200, MAILED.getBytes(StandardCharsets.UTF_8));
  }

  /** An absent file is forbidden to whoever may not list the bucket. */
  private static Answer file(World world, Request request) {
    if (request.method.equals("PUT")) {
      world.files.put(request.path, request.body);
      return new Answer(200, new byte[0]);
    }
    byte[] file = world.files.get(request.path);
    boolean bare = request.method.equals("HEAD");
    return file == null
        ? new Answer(403,
            bare ? new byte[0] : "<Error><Code>AccessDenied</Code></Error>".getBytes(StandardCharsets.UTF_8))
        : new Answer(200, bare ? new byte[0] : file);
  }

  private Answer forwarded(String target, byte[] body) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), dynamo.endpoint().getPort())) {
      var out = socket.getOutputStream();
      out.write(("POST / HTTP/1.1\r\nX-Amz-Target: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
          .formatted(target, body.length)).getBytes(StandardCharsets.US_ASCII));
      out.write(body);
      out.flush();
      var in = new BufferedInputStream(socket.getInputStream());
      int status = Integer.parseInt(line(in).split(" ")[1]);
      return new Answer(status, in.readNBytes(Integer.parseInt(headers(in).get("content-length"))));
    }
  }

  private static Answer sent(World world, Map<String, Object> request) {
    String url = (String) request.get("QueueUrl");
    var successful = new ArrayList<Map<String, String>>();
    for (Object element : (List<?>) request.get("Entries")) {
      Map<String, Object> entry = Json.object(element);
      world.sent.add(new Sent(url.substring(url.lastIndexOf('/') + 1), (String) entry.get("MessageBody")));
      successful.add(Map.of("Id", (String) entry.get("Id"), "MessageId", "m", "MD5OfMessageBody",
          md5((String) entry.get("MessageBody"))));
    }
    return Answer.of(200, Map.of("Successful", successful, "Failed", List.of()));
  }

  private static String md5(String text) {
    try {
      return java.util.HexFormat.of().formatHex(
          java.security.MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  private static Stripe.Request asked(Request request) {
    String[] address = request.path.split("\\?", 2);
    Map<String, String> parameters = Http.form(address.length == 1 ? "" : address[1]);
    parameters.putAll(Http.form(request.text()));
    return new Stripe.Request(Providers.PAYMENT_ACCOUNT, request.method, address[0].replaceFirst("^/world[0-9]+x", ""),
        parameters, request.headers.getOrDefault("idempotency-key", ""));
  }

  private static Answer throttled(Request request) {
    String target = request.target();
    if (request.isOfS3()) {
      return new Answer(503, request.method.equals("HEAD")
          ? new byte[0]
          : "<Error><Code>SlowDown</Code><Message>Reduce your rate</Message></Error>".getBytes(StandardCharsets.UTF_8));
    }
    if (target.isEmpty()) {
      return request.path.contains("/v1/")
          ? Answer.of(429, Map.of("error", Map.of("type", "invalid_request_error", "code", "rate_limit")))
          : new Answer(400, MAIL_THROTTLED.getBytes(StandardCharsets.UTF_8));
    }
    String code = target.startsWith("AmazonSQS.") ? "RequestThrottled" : "ThrottlingException";
    return Answer.of(400, Map.of("__type", "com.amazonaws#" + code, "message", "Rate exceeded"));
  }

  /** Null at the end of the connection. */
  private static Request read(InputStream in) throws IOException {
    String line = line(in);
    if (line == null) {
      return null;
    }
    String[] words = line.split(" ");
    Map<String, String> headers = headers(in);
    byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    return new Request(words[0], words[1], headers, body);
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    var headers = new LinkedHashMap<String, String>();
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      String[] parts = line.split(":", 2);
      headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
    }
    return headers;
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return null;
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  private static void write(OutputStream out, Answer answer) throws IOException {
    out.write(head(answer));
    out.write(answer.body);
    out.flush();
  }

  private static byte[] head(Answer answer) {
    return ("HTTP/1.1 %d Answered\r\nContent-Type: application/json\r\nRequest-Id: r\r\nContent-Length: %d\r\n\r\n"
        .formatted(answer.status, answer.body.length)).getBytes(StandardCharsets.US_ASCII);
  }

  Store store() {
    return store;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket client : clients) {
      client.close();
    }
    threads.shutdownNow();
    dynamo.close();
  }
}
