/** The HTTP API: routes, authorizers, and the issuer of the tokens that they take. */
package waybill.local.gateway;
