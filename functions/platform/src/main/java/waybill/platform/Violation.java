package waybill.platform;

/**
 * A field of a request that breaks a rule.
 *
 * @param pointer the field, as an RFC 6901 pointer into the body; for a query or path parameter or a header, its name
 * @param code the rule, for programs
 * @param detail the rule, for people
 */
public record Violation(String pointer, String code, String detail) {}
