/** The secrets that functions read from SSM. */
package waybill.local.parameters;
