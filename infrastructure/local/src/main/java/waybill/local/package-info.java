/**
 * The embedded cloud. It reads the same {@code template.yaml} that AWS gets and runs it in one JVM: tables and queues in
 * memory, mail and secrets on small endpoints of its own, and every function from the zip that would be uploaded. Nothing is
 * declared twice, so what runs here cannot differ from what is deployed; whatever the template asks for that this cloud cannot
 * do, it refuses by name instead of leaving it out.
 *
 * <p>All listeners are on loopback, and {@link waybill.local.EmbeddedCloud#close()} leaves nothing behind. Each part is a
 * package, and they depend on each other in one direction only.
 */
package waybill.local;
