package waybill.inventory;

/**
 * A line of a file that breaks a rule.
 *
 * @param pointer the line's number and the column, as the API points to fields
 * @param line its number in the file; a line that is quoted over several is where it begins
 * @param column its name; empty if it is about the whole line
 * @param code the rule, for programs
 * @param detail the rule, for people
 */
record LineError(String pointer, int line, String column, String code, String detail) {

  static LineError of(int line, String column, String code, String detail) {
    return new LineError("/" + line + (column.isEmpty() ? "" : "/" + column), line, column, code, detail);
  }
}
